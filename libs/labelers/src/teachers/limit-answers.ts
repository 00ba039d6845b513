import { limitFetch } from '@arae/progress';

/** A hundred times the longest answer. */
const MAX_ANSWER_BYTES = 16 * 2 ** 20;
/** Results of a batch that come in one document: those of 15 MB of requests. */
const MAX_BATCH_BYTES = 256 * 2 ** 20;
/** Results of a batch that come as a file of lines, which are read one by one. */
const MAX_FILE_BYTES = 4 * 2 ** 30;

/** A fetch for an SDK, whose answers end in AnswerTooLargeError where none can be that long. */
export function limitAnswers(fetch: typeof globalThis.fetch = globalThis.fetch): typeof globalThis.fetch {
  return limitFetch(fetch, (url) => {
    const { pathname } = new URL(url);
    if (/\/files\/[^/]+\/content$/.test(pathname)) return MAX_FILE_BYTES;
    return /\/batches\/[^/]+$/.test(pathname) ? MAX_BATCH_BYTES : MAX_ANSWER_BYTES;
  });
}
