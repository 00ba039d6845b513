import { RunpodError } from '@arae/runpod';
import { BudgetError } from '../errors.ts';
import { hoursLeft } from './watchdog.ts';
import type { LivePod, Runner } from '../runner.ts';

/** By how much the clocks of the pod and of this machine may differ. */
const CLOCK_SECONDS = 5;

/**
 * For when a connection is gone: waiting for it makes sense only while the pod runs.
 * @throws BudgetError where its watchdog stopped it because money or time is spent, else RunpodError `pod-lost`
 */
export async function requireRunning(runner: Runner, { id }: LivePod): Promise<void> {
  const { client, signal, settings } = runner;
  const pod = await client.findPod(id, signal);
  if (pod?.status === 'RUNNING') return;
  // The watchdog counts on from when it was installed, so it is never earlier than this, but for the clocks.
  if (hoursLeft(runner) * 3600 <= CLOCK_SECONDS) {
    const left =
      pod === undefined
        ? 'it was given back and its network volume stays: arae-runpod up with more of them goes on'
        : 'it is stopped and keeps its volume: allow more of them and arae-runpod up, pull what is there, then down';
    throw new BudgetError(
      `pod ${id} has used its ${settings.maxHours} hours (--max-hours) or USD ${settings.maxCost} (--max-cost); ${left}`,
    );
  }
  throw new RunpodError(
    pod === undefined
      ? `pod ${id} is gone: run the same command again to go on with another`
      : `pod ${id} is ${pod.status}: its watchdog log tells why; arae-runpod up starts it again, down deletes it`,
    { code: 'pod-lost', podIds: [id] },
  );
}
