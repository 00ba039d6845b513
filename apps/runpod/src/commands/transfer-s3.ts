import { join } from 'node:path';
import { formatDuration } from '@arae/progress';
import {
  loadHashCache,
  loadSyncRecord,
  makeManifest,
  openS3Volume,
  pullFromS3,
  pushToS3,
  saveSyncRecord,
  type S3Volume,
  type TransferProgress,
} from '@arae/transfer';
import { UsageError } from '../errors.ts';
import { stageInputs } from '../run/stage-inputs.ts';
import type { Runner } from '../runner.ts';
import { s3PlaceOf } from '../s3-place.ts';
import { INPUTS_FOLDER, isFetched, isSent, PROGRESS_MS, sizeOf } from './transfer-data.ts';

/** Sends the data folder to the network volume, without a pod. */
export async function pushOverS3(runner: Runner): Promise<void> {
  const { settings, state, clock, say, signal } = runner;
  await refuseUnderRun(runner);
  await withVolume(runner, async (volume) => {
    await stageInputs(runner, join(settings.data, INPUTS_FOLDER));
    const common = await s3Parts(runner, volume);
    const manifest = await makeManifest(settings.data, { include: isSent, cache: common.cache, signal });
    await common.cache.save(common.cacheFile);
    const started = clock.now();
    const { sent, bytes, same, removed, newer, bySize, cuts } = await pushToS3({
      ...common,
      manifest,
      onProgress: progressLines(runner, 'push'),
    });
    // A pod on this volume compares all of it once more.
    const { pod } = state.current;
    if (pod !== null) await state.update({ pod: { ...pod, isPushed: false } });
    const ms = clock.now() - started;
    say(
      `push over S3: ${sent.length} files, ${sizeOf(bytes)} in ${formatDuration(ms)}${speedOf(bytes, ms)}; ${same} were there` +
        checkedBy(bySize.length) +
        (removed.length > 0 ? `; ${removed.length} taken away there` : '') +
        (newer.length > 0 ? `; ${newer.length} are newer there: arae-runpod pull --s3` : '') +
        (cuts > 0 ? `; ${cuts} cuts` : ''),
    );
  });
}

/** Fetches what lies on the network volume, without a pod. */
export async function pullOverS3(runner: Runner): Promise<void> {
  const { settings, state, clock, say } = runner;
  await withVolume(runner, async (volume) => {
    const common = await s3Parts(runner, volume);
    const started = clock.now();
    const { fetched, bytes, same, newer, gone, bySize, cuts } = await pullFromS3({
      ...common,
      root: settings.data,
      include: isFetched,
      onProgress: progressLines(runner, 'pull'),
    });
    await common.cache.save(common.cacheFile);
    const { run } = state.current;
    if (run !== null && run.exitCode !== null) await state.update({ run: { ...run, isPulled: true } });
    const ms = clock.now() - started;
    say(
      `pull over S3: ${fetched.length} files, ${sizeOf(bytes)} in ${formatDuration(ms)}${speedOf(bytes, ms)}; ${same} were here` +
        checkedBy(bySize.length) +
        (newer.length > 0 ? `; ${newer.length} are newer here` : '') +
        (gone.length > 0 ? `; ${gone.length} are gone there and kept here` : '') +
        (cuts > 0 ? `; ${cuts} cuts` : ''),
    );
  });
}

async function withVolume(runner: Runner, work: (volume: S3Volume) => Promise<void>): Promise<void> {
  const { place, credentials } = s3PlaceOf(runner);
  const volume = await openS3Volume({ ...place, credentials });
  try {
    await work(volume);
  } finally {
    volume.close();
  }
}

/** What a run reads must not change under it. */
async function refuseUnderRun({ state, client, signal }: Runner): Promise<void> {
  const { run, pod } = state.current;
  if (run === null || run.exitCode !== null || pod === null) return;
  if ((await client.findPod(pod.id, signal)) === undefined) return;
  throw new UsageError(
    `${run.id} on pod ${pod.id} has not ended and may work on this volume: run the same phases again to follow it, or arae-runpod down --discard`,
  );
}

async function s3Parts({ settings, state, clock, say, signal }: Runner, volume: S3Volume) {
  const recordFile = join(state.folder, `sync-s3-${settings.networkVolume!.replaceAll(/\W/g, '_')}.json`);
  const cacheFile = join(state.folder, 'hashes-data.json');
  const record = await loadSyncRecord(recordFile);
  return {
    root: settings.data,
    far: { volume, prefix: 'arae/data', manifestKey: 'arae/control/s3-manifest.json' },
    record,
    save: () => saveSyncRecord(recordFile, record),
    cache: await loadHashCache(cacheFile),
    cacheFile,
    sleep: (ms: number, stop?: AbortSignal) => clock.sleep(ms, stop),
    onCut: () => say('the connection broke; it is made anew'),
    signal,
  };
}

function progressLines({ clock, say }: Runner, name: string) {
  const started = clock.now();
  let line = started;
  return ({ bytes, total }: TransferProgress) => {
    const now = clock.now();
    if (now - line < PROGRESS_MS) return;
    line = now;
    say(`${name} over S3: ${sizeOf(bytes)} of ${sizeOf(total)}${speedOf(bytes, now - started)}`);
  };
}

const speedOf = (bytes: number, ms: number) => (ms === 0 ? '' : `, ${sizeOf((bytes / ms) * 1000)}/s`);
const checkedBy = (bySize: number) =>
  bySize === 0
    ? '; all checked by MD5 or SHA-256'
    : `; ${bySize} could be checked by their size alone, a pod's push or pull compares their SHA-256`;
