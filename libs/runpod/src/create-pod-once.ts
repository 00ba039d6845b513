import type { PodRequest, RunpodClient } from './create-runpod-client.ts';
import { RunpodError } from './runpod-error.ts';
import type { Pod } from './schemas.ts';

export interface CreatePodOnceOptions {
  /** Waits before looking whether a pod came of a creation without a clear answer, in ms. Default 5, 15 and 30 s. */
  readonly lookAfterMs?: readonly number[];
  readonly signal?: AbortSignal;
}

const LOOK_AFTER_MS = [5000, 15_000, 30_000];

/**
 * The one pod of this name: the living one where there is one, else a new one. The name must be unique to the caller's
 * work and kept by it before the call. A creation without a clear answer is never sent again: the pod is looked for.
 * @throws RunpodError `ambiguous` where several pods have the name, `unavailable` where it stays unknown whether one exists
 */
export async function createPodOnce(
  client: RunpodClient,
  request: PodRequest,
  { lookAfterMs = LOOK_AFTER_MS, signal }: CreatePodOnceOptions = {},
): Promise<{ pod: Pod; created: boolean }> {
  const there = await findPodByName(client, request.name, signal);
  if (there !== undefined) return { pod: there, created: false };
  try {
    return { pod: await client.createPod(request, signal), created: true };
  } catch (error) {
    if (!(error instanceof RunpodError) || !['unavailable', 'bad-answer'].includes(error.code)) throw error;
    for (const waitMs of lookAfterMs) {
      await client.sleep(waitMs, signal);
      const pod = await findPodByName(client, request.name, signal);
      if (pod !== undefined) return { pod, created: true };
    }
    throw new RunpodError(
      `creating the pod "${request.name}" had no clear answer and no pod is listed: look into RunPod's console, then run again (${error.message})`,
      { code: 'unavailable', status: error.status },
    );
  }
}

/**
 * The pod of this name that is not terminated; undefined where there is none.
 * @throws RunpodError `ambiguous` with their ids where there are several
 */
export async function findPodByName(
  client: RunpodClient,
  name: string,
  signal?: AbortSignal,
): Promise<Pod | undefined> {
  const pods = (await client.listPods(signal)).filter(
    (pod) => pod.name === name && pod.status !== 'TERMINATED',
  );
  if (pods.length > 1) {
    const podIds = pods.map((pod) => pod.id);
    throw new RunpodError(
      `${pods.length} pods are named "${name}" (${podIds.join(', ')}): delete all but one`,
      {
        code: 'ambiguous',
        podIds,
      },
    );
  }
  return pods[0];
}
