import { join } from 'node:path';
import { formatDuration } from '@arae/progress';
import {
  loadHashCache,
  loadSyncRecord,
  makeManifest,
  pullFolder,
  pushFolder,
  runSsh,
  saveSyncRecord,
  shellWord,
  type TransferProgress,
} from '@arae/transfer';
import { stageInputs } from '../run/stage-inputs.ts';
import { requireRunning } from '../pod/require-running.ts';
import { podPaths, type LivePod, type Runner } from '../runner.ts';
import { STATE_FOLDER } from '../state.ts';

/** Inside the data folder: what else a run needs, and travels with it. */
export const INPUTS_FOLDER = `${STATE_FOLDER}/inputs`;

/** Between two lines of progress, and two signs of life to the watchdog, in ms. */
export const PROGRESS_MS = 10_000;
const SIGN_MS = 60_000;

export const isSent = (path: string) =>
  path === STATE_FOLDER || !path.startsWith(`${STATE_FOLDER}/`) || path.startsWith(INPUTS_FOLDER);
export const isFetched = (path: string) => path !== STATE_FOLDER && !path.startsWith(`${STATE_FOLDER}/`);

/** Sends the data folder, with the documents and settings that a run there needs for the same result. */
export async function pushData(runner: Runner, pod: LivePod): Promise<void> {
  const { settings, state, clock, say, signal } = runner;
  await stageInputs(runner, join(settings.data, INPUTS_FOLDER));
  await state.update({ pod: { ...state.current.pod!, isPushed: false } });
  const common = await syncParts(runner, pod, podPaths(runner).data, 'data');
  const manifest = await makeManifest(settings.data, { include: isSent, cache: common.cache, signal });
  await common.cache.save(common.cacheFile);
  const started = clock.now();
  const { sent, bytes, same, removed, newer, cuts } = await pushFolder({
    ...common,
    root: settings.data,
    manifest,
    onProgress: progressLines(runner, pod, 'push'),
  });
  await state.update({ pod: { ...state.current.pod!, isPushed: true } });
  say(
    `push: ${sent.length} files, ${sizeOf(bytes)} in ${formatDuration(clock.now() - started)}, checked over there; ${same} were there` +
      (removed.length > 0 ? `; ${removed.length} taken away there` : '') +
      (newer.length > 0 ? `; ${newer.length} are newer there: arae-runpod pull` : '') +
      (cuts > 0 ? `; ${cuts} cuts` : ''),
  );
}

/** Fetches what was made on the pod. */
export async function pullData(runner: Runner, pod: LivePod): Promise<void> {
  const { settings, state, clock, say } = runner;
  const common = await syncParts(runner, pod, podPaths(runner).data, 'data');
  const started = clock.now();
  const { fetched, bytes, same, newer, gone, cuts } = await pullFolder({
    ...common,
    root: settings.data,
    include: isFetched,
    onProgress: progressLines(runner, pod, 'pull'),
  });
  await common.cache.save(common.cacheFile);
  const { run } = state.current;
  if (run !== null && run.exitCode !== null) await state.update({ run: { ...run, isPulled: true } });
  say(
    `pull: ${fetched.length} files, ${sizeOf(bytes)} in ${formatDuration(clock.now() - started)}, checked; ${same} were here` +
      (newer.length > 0 ? `; ${newer.length} are newer here` : '') +
      (gone.length > 0 ? `; ${gone.length} are gone there and kept here` : '') +
      (cuts > 0 ? `; ${cuts} cuts` : ''),
  );
}

/** What both ways share; the record belongs to this pod's volume. */
export async function syncParts(runner: Runner, pod: LivePod, far: string, name: string) {
  const { state, settings, clock, say, signal } = runner;
  const volume = (settings.networkVolume ?? pod.id).replaceAll(/\W/g, '_');
  const recordFile = join(state.folder, `sync-${name}-${volume}.json`);
  const cacheFile = join(state.folder, `hashes-${name}.json`);
  const record = await loadSyncRecord(recordFile);
  return {
    remote: { target: pod.target, root: far },
    record,
    save: () => saveSyncRecord(recordFile, record),
    cache: await loadHashCache(cacheFile),
    cacheFile,
    sleep: async (ms: number, stop?: AbortSignal) => {
      await requireRunning(runner, pod);
      await clock.sleep(ms, stop);
    },
    onCut: () => say('the connection broke; it is made anew'),
    signal,
  };
}

/** A line now and then, with bytes per second; and a sign of life, so that a long transfer is not taken for idleness. */
export function progressLines(runner: Runner, { target }: LivePod, name: string) {
  const { clock, say, signal } = runner;
  const started = clock.now();
  let line = started;
  let sign = started;
  return ({ bytes, total }: TransferProgress) => {
    const now = clock.now();
    if (now - line >= PROGRESS_MS) {
      line = now;
      say(`${name}: ${sizeOf(bytes)} of ${sizeOf(total)}, ${sizeOf((bytes / (now - started)) * 1000)}/s`);
    }
    if (now - sign >= SIGN_MS) {
      sign = now;
      const file = shellWord(`${podPaths(runner).control}/signs/transfer`);
      // A lost sign is followed by another.
      runSsh(target, `touch ${file}`, { signal }).catch(() => undefined);
    }
  };
}

export function sizeOf(bytes: number): string {
  return bytes < 1e6
    ? `${(bytes / 1e3).toFixed(1)} kB`
    : bytes < 1e9
      ? `${(bytes / 1e6).toFixed(1)} MB`
      : `${(bytes / 1e9).toFixed(2)} GB`;
}
