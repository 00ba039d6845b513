import { damageLabel } from '../faults/damage-label.ts';
import type { FaultKind } from '../faults/faults-schema.ts';
import { labelPlan } from '../labels/label-plan.ts';
import type { FoundPlan } from '../plans/find-plan.ts';
import type { Generation, GenerationRequest, WireProtocol } from '../protocols/wire-protocol.ts';
import { randomFor } from '../seeded/random-for.ts';
import { cutToTokens, promptTokensOf, tokensIn } from '../tokens.ts';

export interface GenerateOptions {
  seed: number;
  mistakes: number;
  protocol: WireProtocol;
  request: GenerationRequest;
  requestHash: string;
  /** Attempt number. */
  number: number;
  plan: FoundPlan | null;
  fault: FaultKind | 'failAlways' | null;
}

export type Generated = Omit<Generation, 'id' | 'createdAt'> & { mistake: string | null };

const NO_PLAN = 'no plan';

/** What the model writes for a request, damaged where it meets a fault that is one of the text. */
export function generate(options: GenerateOptions): Generated {
  const { protocol, request, fault } = options;
  const promptTokens = promptTokensOf([...request.turns.map(({ text }) => text), request.schemaText]);
  const random = randomFor(options.seed, 'generate', options.requestHash, options.number);
  if (fault === 'refusal') {
    const refused = protocol.refusalText === '' && random.integer(2) === 0 ? 'prompt' : 'answer';
    return {
      text: '',
      refused,
      finish: 'stop',
      promptTokens,
      answerTokens: tokensIn(protocol.refusalText),
      thinkingTokens: refused === 'prompt' ? 0 : request.thinkingTokens,
      mistake: null,
    };
  }
  const label = options.plan === null ? null : labelOf(options.plan, options);
  const written =
    label === null ? { text: NO_PLAN, finish: 'stop' as const } : damageLabel(label.analysis, fault, random);
  return {
    ...withinLimit(written, request),
    refused: null,
    promptTokens,
    mistake: label?.mistake ?? null,
  };
}

function labelOf(plan: FoundPlan, { seed, mistakes, protocol, request }: GenerateOptions) {
  const { model, turns } = request;
  return labelPlan(plan, { seed, mistakes, provider: protocol.provider, model, turns });
}

/** Thinking comes first and counts towards the limit, so a small limit leaves no answer at all. */
function withinLimit(
  written: { text: string; finish: 'stop' | 'length' },
  { maxOutputTokens, thinkingTokens }: GenerationRequest,
) {
  const limit = maxOutputTokens ?? Infinity;
  const answerTokens = tokensIn(written.text);
  if (thinkingTokens + answerTokens <= limit) return { ...written, answerTokens, thinkingTokens };
  const thought = Math.min(thinkingTokens, limit);
  const text = cutToTokens(written.text, limit - thought);
  return { text, finish: 'length' as const, answerTokens: limit - thought, thinkingTokens: thought };
}
