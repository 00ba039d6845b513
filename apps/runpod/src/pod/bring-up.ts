import { join } from 'node:path';
import { findPodByName, rentPod, waitForSsh, type Pod } from '@arae/runpod';
import { runSsh, TransferError, type SshTarget } from '@arae/transfer';
import { installWatchdog, refuseWithoutRest } from './watchdog.ts';
import { keyFile, type LivePod, type Runner } from '../runner.ts';
import { publicKeyOf } from './ssh-key.ts';

/** Time from the address to an answer of the SSH server, in ms. */
const SSH_LIMIT_MS = 300_000;

/**
 * The data folder's pod: the one that is there, else a rented one. Waits until it answers over SSH and its watchdog runs.
 * @throws RunpodError, TransferError, BudgetError
 */
export async function bringUp(runner: Runner): Promise<LivePod> {
  const pod = await rentOrFind(runner);
  const target = await reach(runner, pod);
  await installWatchdog(runner, { id: pod.id, target });
  return { id: pod.id, target };
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
  return { id: pod.id, target: await reach(runner, pod) };
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
      isPushed: false,
    },
  });
}

/** A pod that is no longer there leaves its bill; a run on it that was not fetched is lost and begins anew. */
export async function forgetLostPod({ state, clock }: Runner): Promise<void> {
  const { pod, run, spent } = state.current;
  if (pod === null) return;
  await state.update({
    pod: null,
    run: run?.isPulled === true ? run : null,
    spent: spent + ((clock.now() - pod.createdMs) / 3_600_000) * pod.price,
  });
}

async function reach(runner: Runner, pod: Pod): Promise<SshTarget> {
  const { client, clock, settings, signal, state, say } = runner;
  let last = '';
  const { ssh } = await waitForSsh(client, {
    podId: pod.id,
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
  for (const end = clock.now() + SSH_LIMIT_MS; ; await clock.sleep(settings.pollMs, signal)) {
    try {
      await runSsh(target, 'true', { signal });
      return target;
    } catch (error) {
      if (!(error instanceof TransferError) || !error.isCut || clock.now() > end) throw error;
    }
  }
}
