import { hasLocalRsync, rsyncPlace, runRsync } from './send/run-rsync.ts';
import { sendArchive } from './send/send-archive.ts';
import { sendInParts } from './send/send-in-parts.ts';
import { bytesOf, type FileEntry, type Manifest } from './manifest.ts';
import { planTransfer } from './plan-transfer.ts';
import { hashRemote } from './remote/hash-remote.ts';
import { listRemote, type RemoteFile, type RemoteFolder, type RemoteListing } from './remote/list-remote.ts';
import { runSsh } from './ssh/run-ssh.ts';
import { shellWord } from './ssh/ssh-target.ts';
import { conflictError } from './conflict-error.ts';
import { goOnAfterCuts, type CutPolicy } from './go-on-after-cuts.ts';
import type { SyncRecord } from './sync-record.ts';
import { TransferError } from './transfer-error.ts';

/** Files up to this size travel in archives, in bytes. */
export const SMALL_FILE_BYTES = 2 ** 20;

export interface TransferProgress {
  /** Bytes that have arrived, of `total`; files that were there already are not among them. */
  readonly bytes: number;
  readonly total: number;
  readonly files: number;
}

export interface PushOptions extends CutPolicy {
  readonly root: string;
  readonly remote: RemoteFolder;
  readonly manifest: Manifest;
  /** Changed as the transfer goes on; `save` keeps it. */
  readonly record: SyncRecord;
  readonly save: () => Promise<void>;
  readonly onProgress?: (progress: TransferProgress) => void;
  /** Whether large files go by rsync. Default: when both sides have it. */
  readonly rsync?: boolean;
}

export interface PushResult {
  readonly sent: readonly FileEntry[];
  readonly bytes: number;
  readonly same: number;
  readonly removed: readonly string[];
  /** Changed over there since: to be fetched. */
  readonly newer: readonly string[];
  readonly cuts: number;
}

/**
 * Makes a far folder like this one: sends what differs, takes away what was deleted here, checks every file's SHA-256 over
 * there. Broken connections are gone on with. What was changed over there stays.
 *
 * @throws TransferError `conflict` before anything is sent when both sides have changed a file, `not-verified`, `changed`, `cut`
 */
export async function pushFolder(options: PushOptions): Promise<PushResult> {
  const { root, remote, manifest, record, save, onProgress, signal } = options;
  const verified = new Map<string, FileEntry>();
  const sent = new Map<string, FileEntry>();
  const wrong = new Set<string>();
  let total = 0;
  let result: Omit<PushResult, 'cuts' | 'sent' | 'bytes'> | undefined;

  let bytes = 0;
  const report = (more = 0) =>
    onProgress?.({ bytes: Math.min(total, bytes + more), total, files: sent.size });
  const arrived = (file: FileEntry, sha256: string) => {
    if (sha256 !== file.sha256) {
      wrong.add(file.path);
      return;
    }
    verified.set(file.path, file);
    if (!sent.has(file.path)) bytes += file.size;
    sent.set(file.path, file);
    report();
  };

  const cuts = await goOnAfterCuts(
    options,
    async () => {
      wrong.clear();
      const listing = await listRemote(remote, signal);
      const there = await hashesOf(listing);
      const base = new Map([...record.files].map(([path, { sha256 }]) => [path, sha256]));
      // What a transfer was writing when it ended is nobody's work.
      for (const path of record.sending) {
        const half = there.get(path);
        if (half !== undefined) base.set(path, half);
      }
      const plan = planTransfer(manifest, there, base);
      if (plan.conflicts.length > 0) throw conflictError(plan.conflicts);
      result ??= { same: plan.same.length, removed: plan.remove, newer: plan.newer };
      total = bytes + bytesOf(plan.send.filter(({ path }) => !sent.has(path)));
      if (plan.send.length > 0 || plan.remove.length > 0) {
        for (const { path } of plan.send) record.sending.add(path);
        await save();
        await send(plan.send, options.rsync ?? (listing.hasRsync && (await hasLocalRsync())));
        await removeThere(plan.remove);
      }
      // rsync gives fractions of seconds; whatever else was sent has the time that it was sent with.
      const hasGuessed = plan.send.every(({ size }) => size <= SMALL_FILE_BYTES);
      await keep(
        hasGuessed
          ? new Map(plan.send.map(({ path, size, mtime }) => [path, { size, mtime: String(mtime) }]))
          : (await listRemote(remote, signal)).files,
        listing.files,
        [...plan.same, ...plan.send],
        plan.remove,
      );
    },
    () => verified.size,
  );
  const files = [...sent.values()];
  return { ...result!, sent: files, bytes, cuts };

  /** Far hashes: remembered ones while size and time stay, others are asked for. */
  async function hashesOf({ files }: RemoteListing): Promise<Map<string, string>> {
    const hashes = new Map<string, string>();
    const unknown: string[] = [];
    const interesting = new Set([...manifest.map(({ path }) => path), ...record.files.keys()]);
    for (const path of interesting) {
      const file = files.get(path);
      if (file === undefined) continue;
      const known = record.files.get(path);
      const mine = verified.get(path);
      if (mine?.size === file.size && String(mine.mtime) === file.mtime) hashes.set(path, mine.sha256);
      else if (known?.size === file.size && known.mtime === file.mtime) hashes.set(path, known.sha256);
      else unknown.push(path);
    }
    for (const [path, sha256] of await hashRemote(remote, unknown, signal)) hashes.set(path, sha256);
    for (const file of manifest) {
      if (record.sending.has(file.path) && hashes.get(file.path) === file.sha256) arrived(file, file.sha256);
    }
    return hashes;
  }

  async function send(files: readonly FileEntry[], rsync: boolean): Promise<void> {
    const small = files.filter(({ size }) => size <= SMALL_FILE_BYTES);
    const large = files.filter(({ size }) => size > SMALL_FILE_BYTES);
    const byPath = new Map(files.map((file) => [file.path, file]));
    const came = (path: string, sha256: string) => {
      const file = byPath.get(path);
      if (file !== undefined) arrived(file, sha256);
    };
    if (small.length > 0) await sendArchive(root, remote, small, came, signal);
    if (rsync && large.length > 0) {
      const paths = large.map(({ path }) => path);
      await runSsh(remote.target, `mkdir -p ${shellWord(remote.root)}`, { signal });
      await runRsync(remote.target, {
        paths,
        from: `${root}/`,
        to: rsyncPlace(remote.target, remote.root),
        onBytes: report,
        signal,
      });
      for (const [path, sha256] of await hashRemote(remote, paths, signal)) came(path, sha256);
    } else {
      for (const file of large) {
        let done = 0;
        arrived(file, await sendInParts(root, remote, file, (bytes) => report((done += bytes)), signal));
      }
    }
    const missing = files.filter(({ path }) => !verified.has(path));
    if (missing.length > 0) {
      throw new TransferError(
        `${missing.length} files arrived damaged or changed while they were sent (${missing[0]!.path}): wait until nothing writes there, then run again`,
        { code: 'not-verified', paths: missing.map(({ path }) => path) },
      );
    }
  }

  async function removeThere(paths: readonly string[]): Promise<void> {
    if (paths.length === 0) return;
    await runSsh(remote.target, `cd ${shellWord(remote.root)} && xargs -0 -r rm -f --`, {
      input: paths.map((path) => `${path}\0`).join(''),
      signal,
    });
  }

  async function keep(
    after: ReadonlyMap<string, RemoteFile>,
    before: ReadonlyMap<string, RemoteFile>,
    equal: readonly FileEntry[],
    removed: readonly string[],
  ): Promise<void> {
    for (const { path, size, sha256 } of equal) {
      const file = after.get(path) ?? before.get(path);
      if (file?.size === size) record.files.set(path, { sha256, size, mtime: file.mtime });
    }
    for (const path of removed) record.files.delete(path);
    record.sending.clear();
    await save();
  }
}
