import { join } from 'node:path';
import { RunpodError, waitForSsh, type Pod } from '@arae/runpod';
import { runSsh, TransferError, type SshTarget } from '@arae/transfer';
import { forgetLostPod } from './forget-lost-pod.ts';
import { keyFile, type LivePod, type Runner } from '../runner.ts';

/** What even a pod whose time is over is given to answer, in ms: the runner may have been away for longer. */
const LAST_CHANCE_MS = 60_000;
/** For giving it back after an interruption, in ms. */
const GIVE_BACK_MS = 30_000;

/**
 * Reaches a pod over SSH and sets its watchdog to work. As long as it has none nobody else would ever stop it: where that
 * fails, or is interrupted, a pod that never answered is deleted, and one that may hold results is stopped.
 *
 * @param watch sets the watchdog to work, where it has none
 * @throws what went wrong, with what became of the pod
 */
export async function reachOrGiveBack(
  runner: Runner,
  pod: Pod,
  watch: (live: LivePod) => Promise<void>,
): Promise<LivePod> {
  try {
    const live = { id: pod.id, target: await reach(runner, pod) };
    await watch(live);
    return live;
  } catch (error) {
    const known = runner.state.current.pod;
    if (known === null || known.isWatched) throw error;
    const what = await giveBack(runner, pod.id, known.wasReached);
    runner.say(`pod ${pod.id} has no watchdog yet, so ${what}`);
    throw error;
  }
}

/** @returns what became of it */
async function giveBack(runner: Runner, id: string, mayHoldResults: boolean): Promise<string> {
  const { client, settings } = runner;
  // Also after an interruption: that is what it is for.
  const signal = AbortSignal.timeout(GIVE_BACK_MS);
  try {
    if (mayHoldResults && settings.networkVolume === undefined) {
      await client.stopPod(id, signal);
      return 'it is stopped and keeps its volume: arae-runpod up tries again, down deletes it';
    }
    await client.deletePod(id, signal);
    await forgetLostPod(runner);
    return 'it is given back and bills no more: try another --gpu, --data-center or --image';
  } catch (error) {
    return `it must be given back, which failed: arae-runpod down, or RunPod's console (${(error as Error).message})`;
  }
}

async function reach(runner: Runner, pod: Pod): Promise<SshTarget> {
  const { client, clock, settings, signal, state, say } = runner;
  const limitMs = settings.sshMinutes * 60_000;
  const known = state.current.pod;
  const age = known === null || known.wasReached ? 0 : clock.now() - known.createdMs;
  const end = clock.now() + Math.max(limitMs - age, Math.min(LAST_CHANCE_MS, limitMs));
  let last = '';
  const { ssh } = await waitForSsh(client, {
    podId: pod.id,
    limitMs: end - clock.now(),
    pauseMs: settings.pollMs,
    onStatus: ({ status }) => {
      if (status !== last) say(`pod ${pod.id} is ${(last = status)}`);
    },
    signal,
  });
  const target = {
    ...ssh,
    identityFile: keyFile(runner),
    knownHostsFile: join(state.folder, 'ssh', `known_hosts_${pod.id.replaceAll(/\W/g, '_')}`),
    hostKeyAlias: pod.id,
  };
  // The address is there before the server is.
  for (; ; await clock.sleep(settings.pollMs, signal)) {
    try {
      await runSsh(target, 'true', { signal });
      return target;
    } catch (error) {
      if (!(error instanceof TransferError) || !error.isCut) throw error;
      if (clock.now() + settings.pollMs <= end) continue;
      throw new RunpodError(
        `pod ${pod.id} has an address but no SSH server that answers there within the ${settings.sshMinutes} minutes of --ssh-minutes (${error.message})`,
        { code: 'too-slow', podIds: [pod.id] },
      );
    }
  }
}
