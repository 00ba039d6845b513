import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { mustHoldNoWayOut } from '@arae/progress';
import { conflictError } from './conflict-error.ts';
import { goOnAfterCuts } from './go-on-after-cuts.ts';
import { checkPath, INCOMING_FOLDER } from './list-folder.ts';
import { hashFile, makeManifest, type ManifestOptions } from './make-manifest.ts';
import { bytesOf, type FileEntry } from './manifest.ts';
import { placeFiles } from './receive/place-files.ts';
import { planTransfer } from './plan-transfer.ts';
import { SMALL_FILE_BYTES, type PushOptions } from './push-folder.ts';
import { receiveArchive } from './receive/receive-archive.ts';
import { receiveInParts } from './receive/receive-in-parts.ts';
import { hashRemote } from './remote/hash-remote.ts';
import { listRemote } from './remote/list-remote.ts';
import { TransferError } from './transfer-error.ts';

export interface PullOptions extends Omit<PushOptions, 'manifest' | 'rsync'> {
  /** Which far files are fetched; default all. */
  readonly include?: (path: string) => boolean;
  readonly cache?: ManifestOptions['cache'];
}

export interface PullResult {
  readonly fetched: readonly FileEntry[];
  readonly bytes: number;
  readonly same: number;
  /** Changed here since: to be sent. */
  readonly newer: readonly string[];
  /** Deleted over there since; they are kept here. */
  readonly gone: readonly string[];
  readonly cuts: number;
}

/**
 * Fetches what was made or changed in a far folder. Files are collected aside and take their places only when all have the
 * right SHA-256; nothing is deleted here, and nothing that was changed here is written over. Broken connections are gone on with.
 *
 * @throws OutsideLinkError when a link would have something written outside the folder
 * @throws TransferError `conflict` before anything changes here when both sides have changed a file, `not-verified`, `cut`
 */
export async function pullFolder(options: PullOptions): Promise<PullResult> {
  const { root, remote, record, save, include = () => true, cache, onProgress, signal } = options;
  const aside = join(root, INCOMING_FOLDER);
  const fetched = new Map<string, FileEntry>();
  let total = 0;
  let bytes = 0;
  let counts: Pick<PullResult, 'same' | 'newer' | 'gone'> | undefined;
  const report = (more = 0) =>
    onProgress?.({
      bytes: Math.min(total, bytes + more),
      total,
      files: fetched.size,
    });
  const arrived = (file: FileEntry) => {
    bytes += file.size;
    fetched.set(file.path, file);
    report();
  };

  const cuts = await goOnAfterCuts(
    options,
    async () => {
      const { source, times } = await farManifest();
      const here = await makeManifest(root, { include, ...(cache === undefined ? {} : { cache }) });
      const base = new Map([...record.files].map(([path, { sha256 }]) => [path, sha256]));
      const plan = planTransfer(source, new Map(here.map(({ path, sha256 }) => [path, sha256])), base);
      if (plan.conflicts.length > 0) throw conflictError(plan.conflicts);
      counts ??= { same: plan.same.length, newer: plan.newer, gone: plan.remove };
      total = bytesOf(plan.send);
      fetched.clear();
      bytes = 0;
      if (plan.send.length > 0) {
        await mustHoldNoWayOut(root, [INCOMING_FOLDER]);
        await mkdir(aside, { recursive: true });
        await fetchAside(plan.send);
        await placeFiles(root, aside, plan.send, new Map(here.map((file) => [file.path, file.sha256])));
      }
      for (const { path, size, sha256 } of [...plan.send, ...plan.same]) {
        record.files.set(path, { sha256, size, mtime: times.get(path)! });
      }
      await save();
      await rm(aside, { recursive: true, force: true });
    },
    () => fetched.size,
  );
  const files = [...fetched.values()];
  return { ...counts!, fetched: files, bytes, cuts };

  async function farManifest(): Promise<{ source: FileEntry[]; times: Map<string, string> }> {
    const { files } = await listRemote(remote, signal);
    const wanted = [...files].filter(([path]) => include(checkPath(path)));
    const known = ([path, { size, mtime }]: (typeof wanted)[number]) => {
      const synced = record.files.get(path);
      return synced?.size === size && synced.mtime === mtime ? synced.sha256 : undefined;
    };
    const unknown = wanted.filter((file) => known(file) === undefined).map(([path]) => path);
    const hashes = await hashRemote(remote, unknown, signal);
    const source = wanted.flatMap((file) => {
      const [path, { size, mtime }] = file;
      const sha256 = known(file) ?? hashes.get(path);
      return sha256 === undefined ? [] : [{ path, size, mtime: Math.floor(Number(mtime)), sha256 }];
    });
    return { source, times: new Map(wanted.map(([path, { mtime }]) => [path, mtime])) };
  }

  async function fetchAside(files: readonly FileEntry[]): Promise<void> {
    const missing: FileEntry[] = [];
    for (const file of files) {
      // Only whole files lie under their hash, but for large ones, which are checked when they are gone on with.
      const size = await sizeOf(join(aside, file.sha256));
      if (
        file.size <= SMALL_FILE_BYTES &&
        size === file.size &&
        (await hashOf(join(aside, file.sha256))) === file.sha256
      )
        arrived(file);
      else missing.push(file);
    }
    const small = missing.filter(({ size }) => size <= SMALL_FILE_BYTES);
    if (small.length > 0) await receiveArchive(remote, small, aside, arrived, signal);
    for (const file of missing.filter(({ size }) => size > SMALL_FILE_BYTES)) {
      let done = 0;
      const path = join(aside, file.sha256);
      if (await receiveInParts(remote, file, path, (bytes) => report((done += bytes)), signal)) arrived(file);
    }
    const wrong = files.find(({ path }) => !fetched.has(path));
    if (wrong !== undefined) {
      throw new TransferError(
        `${wrong.path} arrived damaged or changed while it was fetched: wait until nothing writes there, then run again`,
        { code: 'not-verified', paths: [wrong.path] },
      );
    }
  }
}

const sizeOf = (path: string) =>
  stat(path).then(
    ({ size }) => size,
    () => -1,
  );

const hashOf = (path: string) => hashFile(path).catch(() => undefined);
