import type { TeacherCoreOptions } from './options.ts';
import type { LoggedRequest } from './request-log.ts';
import { simulatorFetchFor } from './simulator-fetch.ts';
import { TeacherCore } from './teacher-core.ts';

export interface InProcessTeachers {
  /**
   * Takes the place of `fetch` in the SDKs: the `fetch` option of `OpenAI`, `httpOptions.fetch` of `GoogleGenAI`. The host
   * of the address does not matter. Rejects as the fetch of Node does: `TypeError` when the connection is cut,
   * the signal's reason when it is aborted.
   */
  simulatorFetch: typeof fetch;
  /** Every request for a label so far, in the order in which they ended. */
  requests: () => readonly LoggedRequest[];
}

/**
 * The two teachers inside this process, without a server; with a virtual clock they take no time.
 *
 * @throws RangeError for an option out of its range
 */
export function createTeacherCore(options: TeacherCoreOptions = {}): InProcessTeachers {
  const core = new TeacherCore(options);
  return { simulatorFetch: simulatorFetchFor(core), requests: () => core.requests() };
}
