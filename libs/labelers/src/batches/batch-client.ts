import type { TeacherError } from '../errors/teacher-errors.ts';
import type { FollowUp, LabelItem, TeacherAnswer } from '../teachers/teacher.ts';

/** One question in a batch. */
export interface BatchRequest {
  /** Names the question; once in a batch. */
  key: string;
  item: LabelItem;
  followUp: FollowUp;
}

/** How a batch stands. */
export interface BatchStatus {
  /** The provider's own word. */
  state: string;
  /** Nothing more will come of it. */
  isEnded: boolean;
  /** Why the provider took none of its requests; null otherwise. */
  refusal: string | null;
}

/** What became of one question. Questions that the provider left out come with neither. */
export type BatchResult = { key: string; answer: TeacherAnswer } | { key: string; error: TeacherError };

/** A provider's batches: requests at a lower price, answered within a day. Every call is one request or a listing. */
export interface BatchClient {
  readonly maxRequests: number;
  readonly maxBytes: number;
  /** What a request takes of `maxBytes`. */
  bytesOf(request: BatchRequest): number;
  /**
   * Sends the requests as a batch of this name and returns the provider's id.
   *
   * @throws TeacherError; after a retryable one the batch may have been made: {@link BatchClient.find} tells
   */
  submit(name: string, requests: readonly BatchRequest[], signal?: AbortSignal): Promise<string>;
  /** The id of the batch of this name; null when there is none. @throws TeacherError */
  find(name: string, signal?: AbortSignal): Promise<string | null>;
  /** @throws TeacherError */
  status(id: string, signal?: AbortSignal): Promise<BatchStatus>;
  /** The results of an ended batch, in any order. @throws TeacherError */
  results(id: string, signal?: AbortSignal): AsyncIterable<BatchResult>;
  /** Asks the provider to do no more of it; what is done stays. @throws TeacherError */
  cancel(id: string, signal?: AbortSignal): Promise<void>;
}
