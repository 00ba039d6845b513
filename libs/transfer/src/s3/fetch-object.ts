import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { TransferError } from '../transfer-error.ts';
import { isMd5 } from './send-object.ts';
import type { S3Object, S3Volume } from './s3-volume.ts';

export interface FetchedObject {
  readonly sha256: string;
  /** The content has the MD5 that the server gives; false where it gives none. */
  readonly isVerified: boolean;
}

/**
 * Fetches one object into a file that this object alone uses; goes on behind what an earlier try left there.
 *
 * @param onBytes gets bytes as they come, also those of an earlier try
 * @throws TransferError `changed` where it is not the one that was listed any more, `not-verified`, `cut`
 */
export async function fetchObject(
  volume: S3Volume,
  { key, object, path }: { readonly key: string; readonly object: S3Object; readonly path: string },
  onBytes: (bytes: number) => void,
  signal?: AbortSignal,
): Promise<FetchedObject> {
  const kept = await stat(path).then(
    ({ size }) => (size <= object.size ? size : 0),
    () => 0,
  );
  const sha256 = createHash('sha256');
  const md5 = createHash('md5');
  const file = await open(path, kept === 0 ? 'w' : 'r+');
  let done = 0;
  try {
    if (kept > 0) {
      for await (const chunk of createReadStream(path, { end: kept - 1 }) as AsyncIterable<Buffer>) {
        sha256.update(chunk);
        md5.update(chunk);
      }
      done = kept;
      onBytes(kept);
    }
    if (done < object.size || object.size === 0) {
      const content = await volume.get(
        key,
        { offset: done, ...(object.etag === '' ? {} : { etag: object.etag }) },
        signal,
      );
      if (content === undefined) throw changed(key);
      for await (const chunk of content) {
        // The disk is not filled by what has no end: it is not the object that was listed.
        if (done + chunk.length > object.size) {
          done = object.size + 1;
          break;
        }
        sha256.update(chunk);
        md5.update(chunk);
        await file.write(chunk, 0, chunk.length, done);
        done += chunk.length;
        onBytes(chunk.length);
      }
    }
    if (done <= object.size) await file.truncate(done);
  } finally {
    await file.close();
  }
  if (done < object.size) {
    throw new TransferError(`fetching ${key} broke off: run again`, { code: 'cut', paths: [key] });
  }
  const isVerified = md5.digest('hex') === object.etag;
  if (done !== object.size || (!isVerified && isMd5(object.etag))) {
    // What lies there is of no use for another try.
    await open(path, 'w').then((empty) => empty.close());
    throw new TransferError(`${key} arrived damaged: run again`, { code: 'not-verified', paths: [key] });
  }
  return { sha256: sha256.digest('hex'), isVerified };
}

function changed(key: string): TransferError {
  return new TransferError(
    `${key} changed while it was fetched: wait until nothing writes there, then run again`,
    {
      code: 'changed',
      paths: [key],
    },
  );
}
