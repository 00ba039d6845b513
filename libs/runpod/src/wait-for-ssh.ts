import type { RunpodClient } from './create-runpod-client.ts';
import { RunpodError } from './runpod-error.ts';
import type { Pod } from './schemas.ts';

export interface SshAddress {
  readonly host: string;
  readonly port: number;
  readonly username: string;
}

export interface WaitForSshOptions {
  readonly podId: string;
  /** Default 15 minutes: a host that lacks the image pulls many GB. */
  readonly limitMs?: number;
  /** Pause between looks, in ms; default 5 s, far below 60 requests a minute. */
  readonly pauseMs?: number;
  readonly onStatus?: (pod: Pod) => void;
  readonly signal?: AbortSignal;
}

/**
 * Waits until the pod runs and has a direct SSH address. The pod is left as it is in every case.
 * @throws RunpodError `pod-lost` when it vanished or ended, `too-slow` after the limit; both name the pod
 */
export async function waitForSsh(
  client: RunpodClient,
  { podId, limitMs = 900_000, pauseMs = 5000, onStatus, signal }: WaitForSshOptions,
): Promise<{ pod: Pod; ssh: SshAddress }> {
  const end = client.now() + limitMs;
  for (;;) {
    const pod = await client.findPod(podId, signal);
    if (pod === undefined) {
      throw new RunpodError(`pod ${podId} is gone: rent another`, { code: 'pod-lost', podIds: [podId] });
    }
    onStatus?.(pod);
    if (['EXITED', 'ERROR', 'TERMINATED'].includes(pod.status)) {
      throw new RunpodError(`pod ${podId} is ${pod.status}: delete it and rent another`, {
        code: 'pod-lost',
        podIds: [podId],
      });
    }
    const ssh = pod.ssh?.direct;
    if (pod.status === 'RUNNING' && ssh !== null && ssh !== undefined) return { pod, ssh };
    if (client.now() + pauseMs > end) {
      throw new RunpodError(
        `pod ${podId} is ${pod.status} without SSH after ${Math.round(limitMs / 1000)} s and still bills: delete it or wait longer`,
        { code: 'too-slow', podIds: [podId] },
      );
    }
    await client.sleep(pauseMs, signal);
  }
}
