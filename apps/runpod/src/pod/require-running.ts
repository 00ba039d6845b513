import { RunpodError } from '@arae/runpod';
import type { LivePod, Runner } from '../runner.ts';

/**
 * For when a connection is gone: waiting for it makes sense only while the pod runs.
 * @throws RunpodError `pod-lost`
 */
export async function requireRunning({ client, signal }: Runner, { id }: LivePod): Promise<void> {
  const pod = await client.findPod(id, signal);
  if (pod?.status === 'RUNNING') return;
  throw new RunpodError(
    pod === undefined
      ? `pod ${id} is gone: run the same command again to go on with another`
      : `pod ${id} is ${pod.status}: its watchdog log tells why; arae-runpod up starts it again, down deletes it`,
    { code: 'pod-lost', podIds: [id] },
  );
}
