/** Where the S3 interface of a network volume is reached. */
export interface S3Place {
  readonly endpoint: string;
  readonly region: string;
  /** The bucket: id of the network volume. */
  readonly volume: string;
}

export interface S3Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export interface S3Object {
  readonly size: number;
  /** Without quotes. MD5 of the content where it was sent in one piece; else of another kind, or none. */
  readonly etag: string;
  /** Seconds since 1970. */
  readonly mtime: number;
}

export interface S3Part {
  readonly number: number;
  readonly etag: string;
  readonly size: number;
}

/**
 * What transfers need of a volume. Keys are paths below its mount. Every call throws TransferError (`cut` where another try may
 * help), or the signal's reason when aborted.
 */
export interface S3Volume {
  list(prefix: string, signal?: AbortSignal): Promise<Map<string, S3Object>>;
  /** Undefined where there is no such object. */
  head(key: string, signal?: AbortSignal): Promise<S3Object | undefined>;
  /**
   * The content from an offset on, as long as the object is still the one of this etag.
   * Undefined where it is gone or another one.
   */
  get(
    key: string,
    from: { readonly offset: number; readonly etag?: string },
    signal?: AbortSignal,
  ): Promise<AsyncIterable<Uint8Array> | undefined>;
  /** @returns the etag */
  put(key: string, content: Uint8Array, signal?: AbortSignal): Promise<string>;
  remove(key: string, signal?: AbortSignal): Promise<void>;
  /** Ids of the uploads of a key that were begun and not ended. */
  openUploads(key: string, signal?: AbortSignal): Promise<string[]>;
  /** Undefined where there is no such upload any more. */
  partsOf(key: string, uploadId: string, signal?: AbortSignal): Promise<S3Part[] | undefined>;
  beginUpload(key: string, signal?: AbortSignal): Promise<string>;
  /** @returns the etag of the part */
  putPart(
    key: string,
    upload: { readonly uploadId: string; readonly number: number },
    content: Uint8Array,
    signal?: AbortSignal,
  ): Promise<string>;
  endUpload(key: string, uploadId: string, parts: readonly S3Part[], signal?: AbortSignal): Promise<string>;
  dropUpload(key: string, uploadId: string, signal?: AbortSignal): Promise<void>;
  close(): void;
}
