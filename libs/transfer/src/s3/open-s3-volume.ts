import { checkPath } from '../list-folder.ts';
import { TransferError } from '../transfer-error.ts';
import { isMissing, s3Error, statusOf } from './s3-error.ts';
import type { S3Credentials, S3Object, S3Part, S3Place, S3Volume } from './s3-volume.ts';

/** Tries of one request by the client itself; RunPod's interface is known to answer 502 now and then. */
const ATTEMPTS = 4;
/** For an answer to begin, in ms: putting a large upload together takes long. */
const ANSWER_MS = 600_000;

/** Listed at most: a hundred times the largest data folder that there is. */
const MAX_OBJECTS = 5_000_000;

export interface OpenS3VolumeOptions extends S3Place {
  readonly credentials: S3Credentials;
  /** Default 4. */
  readonly attempts?: number;
}

/** The client is loaded here: whoever does not use S3 does not wait for it. */
export async function openS3Volume(options: OpenS3VolumeOptions): Promise<S3Volume> {
  const { endpoint, region, volume: Bucket, credentials, attempts = ATTEMPTS } = options;
  const s3 = await import('@aws-sdk/client-s3');
  const client = new s3.S3Client({
    endpoint,
    region,
    credentials,
    forcePathStyle: true,
    maxAttempts: attempts,
    // Newer checksums are unknown to many servers; contents are checked by MD5 and SHA-256 here.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { requestTimeout: ANSWER_MS, connectionTimeout: 15_000 },
  });

  /** Undefined where what was asked for is not there. */
  async function find<T>(what: string, work: () => Promise<T>, signal?: AbortSignal): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      signal?.throwIfAborted();
      if (isMissing(error) || statusOf(error) === 412) return undefined;
      throw s3Error(error, what, options);
    }
  }
  async function ask<T>(what: string, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    try {
      return await work();
    } catch (error) {
      signal?.throwIfAborted();
      throw s3Error(error, what, options);
    }
  }
  const until = (signal: AbortSignal | undefined) => (signal === undefined ? {} : { abortSignal: signal });

  return {
    async list(prefix, signal) {
      const found = new Map<string, S3Object>();
      let token: string | undefined;
      do {
        const page = await ask(
          'listing the volume',
          () =>
            client.send(
              new s3.ListObjectsV2Command({ Bucket, Prefix: prefix, ContinuationToken: token }),
              until(signal),
            ),
          signal,
        );
        for (const { Key: key = '', Size: size = 0, ETag = '', LastModified } of page.Contents ?? []) {
          // Folders are listed as empty objects.
          if (key.endsWith('/')) continue;
          checkPath(key);
          found.set(key, { size, etag: unquoted(ETag), mtime: secondsOf(LastModified) });
        }
        const next = page.IsTruncated === true ? page.NextContinuationToken : undefined;
        if (next !== undefined && (next === token || found.size > MAX_OBJECTS)) {
          throw new TransferError(
            'the volume has too many files to be listed over S3: use a pod, arae-runpod up, then push or pull without --s3',
            { code: 'command-failed' },
          );
        }
        token = next;
      } while (token !== undefined);
      return found;
    },
    head: (key, signal) =>
      find(
        `looking at ${key}`,
        async () => {
          const {
            ContentLength: size = 0,
            ETag = '',
            LastModified,
          } = await client.send(new s3.HeadObjectCommand({ Bucket, Key: key }), until(signal));
          return { size, etag: unquoted(ETag), mtime: secondsOf(LastModified) };
        },
        signal,
      ),
    get: (key, { offset, etag }, signal) =>
      find(
        `fetching ${key}`,
        async () => {
          const { Body, ETag } = await client.send(
            new s3.GetObjectCommand({
              Bucket,
              Key: key,
              ...(offset === 0 ? {} : { Range: `bytes=${offset}-` }),
              ...(etag === undefined ? {} : { IfMatch: `"${etag}"` }),
            }),
            until(signal),
          );
          // Not every server looks at IfMatch.
          if (etag !== undefined && ETag !== undefined && unquoted(ETag) !== etag) {
            (Body as { destroy?: () => void } | undefined)?.destroy?.();
            return undefined;
          }
          return reading(Body as AsyncIterable<Uint8Array>, key, signal);
        },
        signal,
      ),
    put: (key, content, signal) =>
      ask(
        `sending ${key}`,
        async () =>
          unquoted(
            (await client.send(new s3.PutObjectCommand({ Bucket, Key: key, Body: content }), until(signal)))
              .ETag ?? '',
          ),
        signal,
      ),
    async remove(key, signal) {
      await find(
        `deleting ${key}`,
        () => client.send(new s3.DeleteObjectCommand({ Bucket, Key: key }), until(signal)),
        signal,
      );
    },
    async openUploads(key, signal) {
      const { Uploads = [] } =
        (await find(
          `looking for uploads of ${key}`,
          () => client.send(new s3.ListMultipartUploadsCommand({ Bucket, Prefix: key }), until(signal)),
          signal,
        )) ?? {};
      return Uploads.flatMap(({ Key, UploadId }) =>
        Key === key && UploadId !== undefined ? [UploadId] : [],
      );
    },
    async partsOf(key, UploadId, signal) {
      const parts: S3Part[] = [];
      let marker: string | undefined;
      do {
        const page = await find(
          `looking at an upload of ${key}`,
          () =>
            client.send(
              new s3.ListPartsCommand({ Bucket, Key: key, UploadId, PartNumberMarker: marker }),
              until(signal),
            ),
          signal,
        );
        if (page === undefined) return undefined;
        for (const { PartNumber, ETag, Size } of page.Parts ?? []) {
          if (PartNumber !== undefined) {
            parts.push({ number: PartNumber, etag: unquoted(ETag ?? ''), size: Size ?? -1 });
          }
        }
        const next = page.IsTruncated === true ? page.NextPartNumberMarker : undefined;
        marker = next === marker ? undefined : next;
      } while (marker !== undefined);
      return parts;
    },
    beginUpload: (key, signal) =>
      ask(
        `beginning an upload of ${key}`,
        async () =>
          (await client.send(new s3.CreateMultipartUploadCommand({ Bucket, Key: key }), until(signal)))
            .UploadId ?? '',
        signal,
      ),
    putPart: (key, { uploadId, number }, content, signal) =>
      ask(
        `sending part ${number} of ${key}`,
        async () =>
          unquoted(
            (
              await client.send(
                new s3.UploadPartCommand({
                  Bucket,
                  Key: key,
                  UploadId: uploadId,
                  PartNumber: number,
                  Body: content,
                }),
                until(signal),
              )
            ).ETag ?? '',
          ),
        signal,
      ),
    endUpload: (key, UploadId, parts, signal) =>
      ask(
        `putting ${key} together`,
        async () =>
          unquoted(
            (
              await client.send(
                new s3.CompleteMultipartUploadCommand({
                  Bucket,
                  Key: key,
                  UploadId,
                  MultipartUpload: {
                    Parts: parts.map(({ number, etag }) => ({ PartNumber: number, ETag: `"${etag}"` })),
                  },
                }),
                until(signal),
              )
            ).ETag ?? '',
          ),
        signal,
      ),
    async dropUpload(key, UploadId, signal) {
      await find(
        `dropping an upload of ${key}`,
        () => client.send(new s3.AbortMultipartUploadCommand({ Bucket, Key: key, UploadId }), until(signal)),
        signal,
      );
    },
    close: () => client.destroy(),
  };

  /** A connection that breaks while the content comes is a cut, too. */
  async function* reading(body: AsyncIterable<Uint8Array>, key: string, signal?: AbortSignal) {
    try {
      yield* body;
    } catch (error) {
      signal?.throwIfAborted();
      throw s3Error(error, `fetching ${key}`, options);
    }
  }
}

const unquoted = (etag: string) => etag.replaceAll('"', '');
const secondsOf = (date: Date | undefined) => Math.floor((date?.getTime() ?? 0) / 1000);
