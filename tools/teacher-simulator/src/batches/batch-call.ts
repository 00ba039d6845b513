/** A request that may be about batches. */
export interface BatchCall {
  method: string;
  /** Decoded. */
  path: string;
  query: URLSearchParams;
  headers: Headers;
  body: string;
}

/** Bodies that may be as large as a provider takes them: files, and batches with their requests. */
export function isBatchUpload(path: string): boolean {
  return path === '/v1/files' || path.endsWith(':batchGenerateContent');
}
