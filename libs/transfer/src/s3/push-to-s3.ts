import { createHash } from 'node:crypto';
import { conflictError } from '../conflict-error.ts';
import { goOnAfterCuts, type CutPolicy } from '../go-on-after-cuts.ts';
import { bytesOf, type FileEntry, type Manifest } from '../manifest.ts';
import { planTransfer } from '../plan-transfer.ts';
import type { TransferProgress } from '../push-folder.ts';
import type { SyncRecord } from '../sync-record.ts';
import { farSha256 } from './far-hashes.ts';
import { readFarManifest, writeFarManifest, type FarManifest } from './far-manifest.ts';
import { inWorkers } from './in-workers.ts';
import { PART_BYTES, sendObject } from './send-object.ts';
import type { S3Object, S3Volume } from './s3-volume.ts';

/** Files under way at the same time. */
const FILES_AT_ONCE = 8;
const isLarge = ({ size }: FileEntry) => size > PART_BYTES;

export interface S3Folder {
  readonly volume: S3Volume;
  /** The folder's key, without `/` at its end. */
  readonly prefix: string;
  /** Key of what was sent there, outside the folder. */
  readonly manifestKey: string;
}

export interface PushToS3Options extends CutPolicy {
  readonly root: string;
  readonly far: S3Folder;
  readonly manifest: Manifest;
  /** Changed as the transfer goes on; `mtime` holds etags. */
  readonly record: SyncRecord;
  readonly save: () => Promise<void>;
  readonly onProgress?: (progress: TransferProgress) => void;
}

export interface PushToS3Result {
  readonly sent: readonly FileEntry[];
  readonly bytes: number;
  readonly same: number;
  readonly removed: readonly string[];
  /** Changed over there since: to be fetched. */
  readonly newer: readonly string[];
  /** Files whose content the server gave no MD5 of: their size alone was compared. */
  readonly bySize: readonly string[];
  readonly cuts: number;
}

/**
 * Makes a folder of a network volume like this one, without a pod: sends what differs, takes away what was deleted here. What was
 * changed over there stays. Broken connections are gone on with, large files part by part. Leaves a manifest with the SHA-256 of
 * every file on the volume.
 *
 * @throws TransferError `conflict` before anything is sent when both sides have changed a file, `not-verified`, `changed`, `cut`
 */
export async function pushToS3(options: PushToS3Options): Promise<PushToS3Result> {
  const { root, far, manifest, record, save, onProgress, signal } = options;
  const { volume } = far;
  const sent = new Map<string, FileEntry>();
  const bySize = new Set<string>();
  let total = 0;
  let bytes = 0;
  /** Of files that are not whole over there yet. */
  let partial = 0;
  let first: Pick<PushToS3Result, 'same' | 'removed' | 'newer'> | undefined;
  /** Most that ever lay over there: parts of earlier tries count again, new ones go beyond. */
  let most = 0;
  const report = () => {
    most = Math.max(most, bytes + partial);
    onProgress?.({ bytes: Math.min(total, bytes + partial), total, files: sent.size });
  };
  const keyOf = (path: string) => `${far.prefix}/${path}`;

  const cuts = await goOnAfterCuts(
    options,
    async () => {
      partial = 0;
      const objects = await volume.list(`${far.prefix}/`, signal);
      const known = await readFarManifest(volume, far.manifestKey, signal);
      const there = await hashesOf(objects, known);
      const base = new Map([...record.files].map(([path, { sha256 }]) => [path, sha256]));
      // What a transfer was writing when it ended is nobody's work.
      for (const path of record.sending) {
        const half = there.get(path);
        if (half !== undefined) base.set(path, half);
      }
      const plan = planTransfer(manifest, there, base);
      if (plan.conflicts.length > 0) throw conflictError(plan.conflicts);
      first ??= { same: plan.same.length, removed: plan.remove, newer: plan.newer };
      total = bytes + bytesOf(plan.send);
      for (const { path, size, sha256 } of plan.same) {
        record.files.set(path, { sha256, size, mtime: objects.get(keyOf(path))!.etag });
      }
      for (const { path } of plan.send) record.sending.add(path);
      await save();
      try {
        // Large ones one by one: their parts go side by side, and a cut costs no more than those.
        await inWorkers(plan.send.filter(isLarge), 1, send);
        await inWorkers(
          plan.send.filter((file) => !isLarge(file)),
          FILES_AT_ONCE,
          send,
        );
        for (const path of plan.remove) {
          await volume.remove(keyOf(path), signal);
          record.files.delete(path);
        }
      } finally {
        // Also after a cut: what arrived is not asked for again.
        await save();
      }
      await writeManifest(known, plan);
      record.sending.clear();
      await save();
    },
    () => most,
  );
  return { ...first!, sent: [...sent.values()], bytes, bySize: [...bySize], cuts };

  async function send(file: FileEntry): Promise<void> {
    let own = 0;
    try {
      const { etag, isVerified } = await sendObject(
        volume,
        { root, file, key: keyOf(file.path) },
        (more) => {
          own += more;
          partial += more;
          report();
        },
        signal,
      );
      partial -= own;
      own = 0;
      bytes += file.size;
      sent.set(file.path, file);
      if (!isVerified) bySize.add(file.path);
      record.files.set(file.path, { sha256: file.sha256, size: file.size, mtime: etag });
      record.sending.delete(file.path);
      report();
    } finally {
      partial -= own;
    }
  }

  /** An object that nothing is known of counts as one of unknown content, which is a conflict where there is a file here. */
  async function hashesOf(
    objects: ReadonlyMap<string, S3Object>,
    known: FarManifest,
  ): Promise<Map<string, string>> {
    const here = new Map(manifest.map((file) => [file.path, file]));
    const hashes = new Map<string, string>();
    const interesting = [...new Set([...here.keys(), ...record.files.keys()])];
    await inWorkers(interesting, FILES_AT_ONCE, async (path) => {
      const object = objects.get(keyOf(path));
      if (object === undefined) return;
      const found = await farSha256(object, { root, path, here: here.get(path), record, manifest: known });
      hashes.set(path, found ?? (await contentOf(path, object)));
    });
    return hashes;
  }

  async function contentOf(path: string, { etag }: S3Object): Promise<string> {
    const digest = createHash('sha256');
    const content = await volume.get(keyOf(path), { offset: 0, ...(etag === '' ? {} : { etag }) }, signal);
    for await (const chunk of content ?? []) digest.update(chunk);
    return digest.digest('hex');
  }

  async function writeManifest(
    before: FarManifest,
    { send: sending, same, remove }: { send: Manifest; same: Manifest; remove: readonly string[] },
  ): Promise<void> {
    const all = new Map(before);
    for (const path of remove) all.delete(path);
    for (const { path, size, mtime, sha256 } of [...same, ...sending]) {
      const etag = record.files.get(path)!.mtime;
      all.set(path, {
        path,
        size,
        mtime: before.get(path)?.sha256 === sha256 ? before.get(path)!.mtime : mtime,
        sha256,
        etag,
      });
    }
    if (JSON.stringify([...all.values()]) === JSON.stringify([...before.values()])) return;
    await writeFarManifest(volume, far.manifestKey, [...all.values()], signal);
  }
}
