import { createHash, hash } from 'node:crypto';
import { open, readFile, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileEntry } from '../manifest.ts';
import { TransferError } from '../transfer-error.ts';
import type { S3Part, S3Volume } from './s3-volume.ts';

/** Files above this go in parts of this size, in bytes. */
export const PART_BYTES = 8 * 2 ** 20;
/** S3 takes no more parts of one file. */
const MAX_PARTS = 10_000;
/** Parts of one file under way at the same time. */
const PARTS_AT_ONCE = 4;

export interface SentObject {
  readonly etag: string;
  /** The server's MD5 of the whole, or of every part, is that of the file; false where it gives none. */
  readonly isVerified: boolean;
}

/**
 * Sends one file; a large one in parts, those that are there from an earlier try not again.
 *
 * @param onBytes gets bytes that arrived, also those of an earlier try
 * @throws TransferError `changed` where the file is not the one of the manifest any more, `not-verified`, `cut`
 */
export async function sendObject(
  volume: S3Volume,
  { root, file, key }: { readonly root: string; readonly file: FileEntry; readonly key: string },
  onBytes: (bytes: number) => void,
  signal?: AbortSignal,
): Promise<SentObject> {
  const path = join(root, file.path);
  if (file.size > PART_BYTES) return await sendInParts(volume, { path, file, key }, onBytes, signal);
  const content = await readFile(path);
  if (hash('sha256', content) !== file.sha256) throw changed(file);
  const etag = await volume.put(key, content, signal);
  onBytes(content.length);
  return { etag, isVerified: checkMd5(etag, hash('md5', content), file) };
}

async function sendInParts(
  volume: S3Volume,
  { path, file, key }: { readonly path: string; readonly file: FileEntry; readonly key: string },
  onBytes: (bytes: number) => void,
  signal?: AbortSignal,
): Promise<SentObject> {
  const size = Math.max(PART_BYTES, Math.ceil(file.size / MAX_PARTS / 2 ** 20) * 2 ** 20);
  const count = Math.ceil(file.size / size);
  const { uploadId, there } = await findUpload(volume, key, signal);
  const parts: S3Part[] = [];
  const digests: string[] = [];
  const whole = createHash('sha256');
  let isVerified = true;
  const handle = await open(path);
  try {
    const sending = new Set<Promise<void>>();
    let fault: { error: unknown } | undefined;
    for (let number = 1; number <= count && fault === undefined; number++) {
      const content = await readPart(handle, (number - 1) * size, size, file);
      // In order, so that the whole is hashed beside the sending.
      whole.update(content);
      const md5 = hash('md5', content);
      digests.push(md5);
      const known = there.get(number);
      if (known?.size === content.length && known.etag === md5) {
        parts.push(known);
        onBytes(content.length);
        continue;
      }
      const one = volume
        .putPart(key, { uploadId, number }, content, signal)
        .then((etag) => {
          if (!checkMd5(etag, md5, file)) isVerified = false;
          parts.push({ number, etag, size: content.length });
          onBytes(content.length);
        })
        .catch((error: unknown) => {
          fault ??= { error };
        })
        .finally(() => sending.delete(one));
      sending.add(one);
      if (sending.size >= PARTS_AT_ONCE) await Promise.race(sending);
    }
    await Promise.all(sending);
    if (fault !== undefined) throw fault.error;
  } finally {
    await handle.close();
  }
  if (whole.digest('hex') !== file.sha256) {
    await volume.dropUpload(key, uploadId, signal);
    throw changed(file);
  }
  const sorted = parts.sort((a, b) => a.number - b.number);
  const etag = await endUpload(volume, { key, uploadId, parts: sorted }, signal);
  const arrived = await volume.head(key, signal);
  if (arrived?.size !== file.size) {
    throw new TransferError(
      `${file.path} has ${arrived?.size ?? 0} bytes over there instead of ${file.size}: run again`,
      { code: 'not-verified', paths: [file.path] },
    );
  }
  return { etag: etag === '' ? arrived.etag : etag, isVerified };
}

/** Putting together may outlast the connection: what came of it counts, not the answer. */
async function endUpload(
  volume: S3Volume,
  {
    key,
    uploadId,
    parts,
  }: { readonly key: string; readonly uploadId: string; readonly parts: readonly S3Part[] },
  signal?: AbortSignal,
): Promise<string> {
  try {
    return await volume.endUpload(key, uploadId, parts, signal);
  } catch (error) {
    signal?.throwIfAborted();
    if ((await volume.partsOf(key, uploadId, signal)) !== undefined) throw error;
    return '';
  }
}

/** The upload of this key that is under way, others are dropped; else a new one. */
async function findUpload(volume: S3Volume, key: string, signal?: AbortSignal) {
  const [latest, ...others] = (await volume.openUploads(key, signal)).reverse();
  for (const other of others) await volume.dropUpload(key, other, signal);
  const parts = latest === undefined ? undefined : await volume.partsOf(key, latest, signal);
  if (latest !== undefined && parts !== undefined) {
    return { uploadId: latest, there: new Map(parts.map((part) => [part.number, part])) };
  }
  return { uploadId: await volume.beginUpload(key, signal), there: new Map<number, S3Part>() };
}

async function readPart(handle: FileHandle, from: number, size: number, file: FileEntry): Promise<Buffer> {
  const content = Buffer.allocUnsafe(Math.min(size, file.size - from));
  for (let read = 0; read < content.length;) {
    const { bytesRead } = await handle.read(content, read, content.length - read, from + read);
    if (bytesRead === 0) throw changed(file);
    read += bytesRead;
  }
  return content;
}

/** True for an etag that is the MD5 of a content. */
export const isMd5 = (etag: string) => /^[0-9a-f]{32}$/.test(etag);

function checkMd5(etag: string, md5: string, file: FileEntry): boolean {
  if (etag === md5) return true;
  if (!isMd5(etag)) return false;
  throw new TransferError(`${file.path} arrived damaged: run again`, {
    code: 'not-verified',
    paths: [file.path],
  });
}

function changed({ path }: FileEntry): TransferError {
  return new TransferError(
    `${path} changed while it was sent: wait until nothing writes there, then run again`,
    {
      code: 'changed',
      paths: [path],
    },
  );
}
