import type { Prompt, TopologyGraph } from '@arae/floorplan';
import type { Quota } from '../admission/quota.ts';
import type { BatchClient } from '../batches/batch-client.ts';
import type { Turn } from './turn.ts';

/** One plan to be labelled. */
export interface LabelItem {
  /** Stem of the drawing's file name. */
  id: string;
  prompt: Prompt;
  graph: TopologyGraph;
}

/** Tokens as they are billed. */
export interface TokenUsage {
  /** All input, the cached part included. */
  inputTokens: number;
  cachedInputTokens: number;
  /** All output, thinking included. */
  outputTokens: number;
  thinkingTokens: number;
}

/** What came back, before anything of it is interpreted. */
export interface TeacherAnswer {
  /** The text as it came; empty when there was none. */
  text: string;
  /** Why the provider or its model declined, if it did. */
  refusal: string | null;
  /** The provider's own word. */
  finishReason: string;
  /** True when the answer ended at the output limit. */
  isCut: boolean;
  usage: TokenUsage;
  /** The model that answered, which may be a dated snapshot of the one asked. */
  model: string;
  /** The provider's id of the request or response. */
  responseId: string | null;
  /** What the provider said of its allowances, if it did. */
  quota?: Quota | null | undefined;
}

/** What a request has beside the prompt. */
export interface FollowUp {
  /** The conversation so far, behind the prompt. */
  turns: readonly Turn[];
  /** The output limit is multiplied by this: more than 1 after an answer that was cut. */
  outputFactor: number;
}

export interface ModelInfo {
  id: string;
  /** ISO date on which the provider shuts the model down, if it says. */
  shutdownDate: string | null;
}

/** Somebody who labels plans. `ask` makes exactly one request: retries and limits are not its business. */
export interface Teacher {
  readonly name: string;
  readonly model: string;
  /**
   * Everything beside the prompt that can change an answer: provider, endpoint, model, parameters, schema. Two teachers of
   * equal identity may share answers.
   */
  readonly identity: Readonly<Record<string, unknown>>;
  /** False for a teacher whose answers cost nothing, so that no price is looked for. */
  readonly isPaid: boolean;
  /** The most tokens of an answer, thinking included; null when the teacher is not held to a limit. */
  readonly maxOutputTokens: number | null;
  /** Length of the schema that goes with every request. */
  readonly schemaBytes: number;
  /**
   * Looks the model up.
   *
   * @throws UnknownModelError naming the ids that exist; TeacherError for the rest.
   */
  findModel(signal?: AbortSignal): Promise<ModelInfo>;
  /** The provider's batches; missing where there are none. */
  readonly batches?: BatchClient | undefined;
  /** @throws TeacherError; the signal's reason when aborted. */
  ask(item: LabelItem, signal?: AbortSignal, followUp?: FollowUp): Promise<TeacherAnswer>;
}
