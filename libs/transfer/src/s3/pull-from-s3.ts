import { hash } from 'node:crypto';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { mustHoldNoWayOut } from '@arae/progress';
import { conflictError } from '../conflict-error.ts';
import { goOnAfterCuts } from '../go-on-after-cuts.ts';
import { checkPath, INCOMING_FOLDER, isTransferable } from '../list-folder.ts';
import { makeManifest } from '../make-manifest.ts';
import type { FileEntry } from '../manifest.ts';
import type { PullOptions, PullResult } from '../pull-folder.ts';
import { planTransfer } from '../plan-transfer.ts';
import { placeFiles } from '../receive/place-files.ts';
import { TransferError } from '../transfer-error.ts';
import { farSha256 } from './far-hashes.ts';
import { readFarManifest } from './far-manifest.ts';
import { fetchObject } from './fetch-object.ts';
import { inWorkers } from './in-workers.ts';
import type { S3Folder } from './push-to-s3.ts';
import type { S3Object } from './s3-volume.ts';

/** Files under way at the same time. */
const FILES_AT_ONCE = 8;

export interface PullFromS3Options extends Omit<PullOptions, 'remote'> {
  readonly far: S3Folder;
}

export interface PullFromS3Result extends PullResult {
  /** Fetched files whose content could be compared with nothing but its size. */
  readonly bySize: readonly string[];
}

interface FarFile {
  readonly path: string;
  readonly object: S3Object;
  /** Undefined until it is fetched. */
  sha256: string | undefined;
}

/**
 * Fetches what was made or changed in a folder of a network volume, without a pod. Files are collected aside and take their places
 * only when all are whole; nothing is deleted here, and nothing that was changed here is written over. Broken connections are
 * gone on with, also in the middle of a file.
 *
 * @throws OutsideLinkError when a link would have something written outside the folder
 * @throws TransferError `conflict` before anything changes here when both sides have changed a file, `not-verified`, `changed`, `cut`
 */
export async function pullFromS3(options: PullFromS3Options): Promise<PullFromS3Result> {
  const { root, far, record, save, include = () => true, cache, onProgress, signal } = options;
  const { volume, prefix } = far;
  const aside = join(root, INCOMING_FOLDER);
  const bySize = new Set<string>();
  const done = new Set<string>();
  let total = 0;
  let bytes = 0;
  let result: Omit<PullFromS3Result, 'cuts' | 'bySize'> | undefined;
  const came = (more: number) => {
    bytes += more;
    onProgress?.({ bytes: Math.min(total, bytes), total, files: done.size });
  };

  const cuts = await goOnAfterCuts(
    options,
    async () => {
      bytes = 0;
      const here = await makeManifest(root, { include, ...(cache === undefined ? {} : { cache }) });
      const known = await readFarManifest(volume, far.manifestKey, signal);
      const files = await listFar(new Map(here.map((file) => [file.path, file])), known);
      const mine = new Map(here.map(({ path, sha256 }) => [path, sha256]));
      const base = new Map([...record.files].map(([path, { sha256 }]) => [path, sha256]));
      // What nothing is known of must be fetched to be compared; the rest only where it differs.
      const isWanted = ({ path, sha256 }: FarFile) =>
        sha256 === undefined || (mine.get(path) !== sha256 && base.get(path) !== sha256) || !mine.has(path);
      const wanted = files.filter(isWanted);
      total = wanted.reduce((sum, { object }) => sum + object.size, 0);
      await mustHoldNoWayOut(root, [INCOMING_FOLDER]);
      await mkdir(aside, { recursive: true });
      await inWorkers(wanted, FILES_AT_ONCE, fetchOne);

      const source = files.map(({ path, object, sha256 }): FileEntry => {
        const entry = known.get(path);
        const mtime = entry?.sha256 === sha256 ? entry!.mtime : object.mtime;
        return { path, size: object.size, mtime, sha256: sha256! };
      });
      const plan = planTransfer(source, mine, base);
      if (plan.conflicts.length > 0) throw conflictError(plan.conflicts);
      const byPath = new Map(files.map((file) => [file.path, file]));
      for (const { path, sha256 } of plan.send) {
        await rename(pathOf(byPath.get(path)!), join(aside, sha256));
      }
      await placeFiles(root, aside, plan.send, mine);
      const etags = new Map(files.map(({ path, object }) => [path, object.etag]));
      for (const { path, size, sha256 } of [...plan.send, ...plan.same]) {
        record.files.set(path, { sha256, size, mtime: etags.get(path)! });
      }
      await save();
      await rm(aside, { recursive: true, force: true });
      result = {
        fetched: plan.send,
        bytes: plan.send.reduce((sum, { size }) => sum + size, 0),
        same: plan.same.length,
        newer: plan.newer,
        gone: plan.remove,
      };
    },
    () => bytes,
  );
  const fetched = new Set(result!.fetched.map(({ path }) => path));
  return { ...result!, bySize: [...bySize].filter((path) => fetched.has(path)), cuts };

  async function listFar(
    here: ReadonlyMap<string, FileEntry>,
    manifest: Awaited<ReturnType<typeof readFarManifest>>,
  ): Promise<FarFile[]> {
    const objects = await volume.list(`${prefix}/`, signal);
    const files: FarFile[] = [];
    await inWorkers([...objects], FILES_AT_ONCE, async ([key, object]) => {
      const path = key.slice(prefix.length + 1);
      if (!key.startsWith(`${prefix}/`) || !isTransferable(path) || !include(checkPath(path))) return;
      const sha256 = await farSha256(object, { root, path, here: here.get(path), record, manifest });
      files.push({ path, object, sha256 });
    });
    return files.sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  /** Of this object alone, so that a later try may go on with what lies there. */
  function pathOf({ path, object }: FarFile): string {
    return join(aside, `s3-${hash('sha256', `${object.etag} ${object.size} ${path}`)}`);
  }

  async function fetchOne(file: FarFile): Promise<void> {
    const { path, object } = file;
    const got = await fetchObject(
      volume,
      { key: `${prefix}/${path}`, object, path: pathOf(file) },
      came,
      signal,
    );
    if (file.sha256 !== undefined && got.sha256 !== file.sha256) {
      await rm(pathOf(file), { force: true });
      throw new TransferError(`${path} arrived damaged: run again`, { code: 'not-verified', paths: [path] });
    }
    if (file.sha256 === undefined && !got.isVerified) bySize.add(path);
    file.sha256 = got.sha256;
    done.add(path);
    onProgress?.({ bytes: Math.min(total, bytes), total, files: done.size });
  }
}
