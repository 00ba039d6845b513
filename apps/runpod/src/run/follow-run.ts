import { createWriteStream } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { finished } from 'node:stream/promises';
import { runSsh, shellWord, TransferError } from '@arae/transfer';
import { requireRunning } from '../pod/require-running.ts';
import { podPaths, type LivePod, type Runner } from '../runner.ts';
import type { Tunnel } from './handed-environment.ts';
import { statusOfRun, type RunStatus } from './start-run.ts';

/** Between two lines on the GPU, in seconds. */
const GPU_SECONDS = 60;
/** Waits before a new connection, in ms; the last one again and again as long as the pod is listed. */
const WAITS_MS = [500, 2000, 5000, 15_000, 30_000];

/** Where the log of a run is kept on this machine. */
export const logFileOf = ({ state }: Pick<Runner, 'state'>, id: string) =>
  join(state.folder, 'logs', `${id}.log`);

/**
 * Shows and keeps the log of a run until it ends; goes on behind what is kept after every cut.
 * @throws RunpodError `pod-lost` when the pod is gone
 */
export async function followRun(
  runner: Runner,
  pod: LivePod,
  id: string,
  tunnels: readonly Tunnel[],
): Promise<Exclude<RunStatus, { is: 'running' }>> {
  const { clock, say, signal } = runner;
  await mkdir(dirname(logFileOf(runner, id)), { recursive: true });
  for (let tries = 0; ;) {
    try {
      const grown = await followOnce(runner, pod, id, tunnels);
      if (grown > 0) tries = 0;
      const status = await statusOfRun(runner, pod, id);
      if (status.is !== 'running') return status;
    } catch (error) {
      if (!(error instanceof TransferError) || !error.isCut) throw error;
      await requireRunning(runner, pod);
      if (tries === 0) say('the connection broke; the run goes on over there, it is followed again');
      await clock.sleep(WAITS_MS[Math.min(tries++, WAITS_MS.length - 1)]!, signal);
    }
  }
}

/** @returns bytes of the log that came */
async function followOnce(
  runner: Runner,
  { target }: LivePod,
  id: string,
  tunnels: readonly Tunnel[],
): Promise<number> {
  const path = logFileOf(runner, id);
  const kept = await stat(path).then(
    ({ size }) => size,
    () => 0,
  );
  const folder = shellWord(`${podPaths(runner).runs}/${id}`);
  const gpu = `command -v nvidia-smi >/dev/null && while sleep ${GPU_SECONDS}; do nvidia-smi --query-gpu=memory.used,memory.total,utilization.gpu --format=csv,noheader >&2; done &`;
  const command = `cd ${folder} && { ${gpu} tail -c +${kept + 1} --pid="$(cat pid)" -s 0.5 -f log; kill %1 2>/dev/null; true; }`;
  const file = createWriteStream(path, { flags: 'a' });
  let grown = 0;
  let rest = '';
  try {
    await runSsh(target, `bash -c ${shellWord(command)}`, {
      options: tunnels.flatMap(({ host, port }) => ['-R', `127.0.0.1:${port}:${host}:${port}`]),
      onOutput: (chunk) => {
        grown += chunk.length;
        file.write(chunk);
        const lines = (rest + chunk.toString()).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) runner.say(`| ${line}`);
      },
      onError: (chunk) => runner.say(`GPU: ${chunk.toString().trim()}`),
      signal: runner.signal,
    });
    return grown;
  } finally {
    file.end();
    await finished(file);
  }
}
