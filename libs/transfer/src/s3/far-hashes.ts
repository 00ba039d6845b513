import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import type { FileEntry } from '../manifest.ts';
import type { SyncRecord } from '../sync-record.ts';
import { knownSha256, type FarManifest } from './far-manifest.ts';
import { isMd5 } from './send-object.ts';
import type { S3Object } from './s3-volume.ts';

/**
 * SHA-256 of an object as far as it can be told without fetching it: from the last time, from the manifest on the volume, or
 * because its MD5 is that of the file here.
 */
export async function farSha256(
  object: S3Object,
  {
    root,
    path,
    here,
    record,
    manifest,
  }: {
    readonly root: string;
    readonly path: string;
    readonly here: FileEntry | undefined;
    readonly record: SyncRecord;
    readonly manifest: FarManifest;
  },
): Promise<string | undefined> {
  const synced = record.files.get(path);
  const known =
    (synced === undefined ? undefined : knownSha256({ ...synced, etag: synced.mtime }, object)) ??
    knownSha256(manifest.get(path), object);
  if (known !== undefined) return known;
  if (here?.size !== object.size || !isMd5(object.etag)) return undefined;
  return (await md5Of(join(root, path))) === object.etag ? here.sha256 : undefined;
}

async function md5Of(path: string): Promise<string | undefined> {
  const digest = createHash('md5');
  try {
    for await (const chunk of createReadStream(path)) digest.update(chunk as Buffer);
  } catch {
    return undefined;
  }
  return digest.digest('hex');
}
