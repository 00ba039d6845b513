import { findPodByName, rentPod, type Pod } from '@arae/runpod';
import { installWatchdog, refuseWithoutRest } from './watchdog.ts';
import { keyFile, type LivePod, type Runner } from '../runner.ts';
import { reachOrGiveBack } from './reach-or-give-back.ts';
import { forgetLostPod } from './forget-lost-pod.ts';
import { publicKeyOf } from './ssh-key.ts';

/**
 * The data folder's pod: the one that is there, else a rented one. Waits until it answers over SSH and its watchdog runs;
 * one that does not is given back.
 * @throws RunpodError, TransferError, BudgetError
 */
export async function bringUp(runner: Runner): Promise<LivePod> {
  const pod = await rentOrFind(runner);
  return await reachOrGiveBack(runner, pod, (live) => installWatchdog(runner, live));
}

/**
 * The pod that is there, reached over SSH.
 * @returns undefined where there is none
 */
export async function findUp(runner: Runner): Promise<LivePod | undefined> {
  const pod = await findPodByName(runner.client, runner.state.current.name, runner.signal);
  if (pod === undefined) return undefined;
  await remember(runner, pod);
  if (pod.status === 'EXITED') return undefined;
  return await reachOrGiveBack(runner, pod, async (live) => {
    // Left by a runner that died before it came to that.
    if (!runner.state.current.pod!.isWatched) await installWatchdog(runner, live);
  });
}

async function rentOrFind(runner: Runner): Promise<Pod> {
  const { client, state, settings, signal, say } = runner;
  const there = await findPodByName(client, state.current.name, signal);
  if (there !== undefined) {
    say(`pod ${there.id} of this data folder is there (${there.status})`);
    await remember(runner, there);
    refuseWithoutRest(runner);
    if (there.status === 'EXITED') {
      say(`pod ${there.id} was stopped; it is started again`);
      // Its watchdog ended with it.
      await state.update({ pod: { ...state.current.pod!, isWatched: false } });
      await client.startPod(there.id, signal);
    }
    return there;
  }
  await forgetLostPod(runner);
  refuseWithoutRest(runner);
  const publicKey = await publicKeyOf(keyFile(runner));
  const { pod } = await rentPod(client, {
    request: {
      name: state.current.name,
      image: settings.image,
      cloud: settings.cloud,
      ...(settings.dataCenter === undefined ? {} : { dataCenterIds: settings.dataCenter }),
      disk: 50,
      mounts:
        settings.networkVolume === undefined
          ? { persistent: { size: settings.volumeSize, path: settings.workspace } }
          : { network: [{ volumeId: settings.networkVolume, path: settings.workspace }] },
      ports: ['22/tcp'],
      env: { PUBLIC_KEY: publicKey },
      startSsh: true,
    },
    ...(settings.gpu === undefined ? {} : { gpuIds: settings.gpu }),
    signal,
  });
  await remember(runner, pod);
  say(
    `pod ${pod.id} is rented: ${pod.gpu?.id ?? 'GPU'}, USD ${(pod.cost ?? 0).toFixed(2)} an hour from now on`,
  );
  return pod;
}

async function remember({ state, clock }: Runner, pod: Pod): Promise<void> {
  if (state.current.pod?.id === pod.id) return;
  const createdMs = Date.parse(pod.createdAt ?? '');
  await state.update({
    pod: {
      id: pod.id,
      gpuId: pod.gpu?.id ?? null,
      price: pod.cost ?? 0,
      createdMs: Number.isNaN(createdMs) ? clock.now() : createdMs,
      isPrepared: false,
      isWatched: false,
      wasReached: false,
      isPushed: false,
    },
  });
}
