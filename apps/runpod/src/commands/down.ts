import { findPodByName, RunpodError } from '@arae/runpod';
import { UsageError } from '../errors.ts';
import { forgetLostPod } from '../pod/forget-lost-pod.ts';
import type { Runner } from '../runner.ts';

/**
 * Deletes the data folder's pod, with its own volume; a network volume stays. Ends when none is listed any more.
 *
 * @param discard also when results on it were not fetched
 * @throws UsageError when they were not, RunpodError when it cannot be deleted
 */
export async function takeDown(runner: Runner, discard: boolean): Promise<void> {
  const { client, state, clock, settings, say, signal } = runner;
  const pod = await findPodByName(client, state.current.name, signal);
  if (pod === undefined) {
    await forgetLostPod(runner);
    say('no pod of this data folder is there; nothing bills but network volumes, if you have some');
    return;
  }
  const { run } = state.current;
  if (run !== null && !run.isPulled && !discard) {
    throw new UsageError(
      `the results of ${run.id} on pod ${pod.id} were not fetched: arae-runpod pull first, or down --discard to lose them`,
    );
  }
  await client.deletePod(pod.id, signal);
  for (let tries = 0; (await client.findPod(pod.id, signal)) !== undefined; tries++) {
    if (tries === 10) {
      throw new RunpodError(`pod ${pod.id} was deleted but is still listed: look into RunPod's console`, {
        code: 'too-slow',
        podIds: [pod.id],
      });
    }
    await clock.sleep(settings.pollMs, signal);
  }
  const { pod: known } = state.current;
  const cost = known === null ? undefined : ((clock.now() - known.createdMs) / 3_600_000) * known.price;
  await forgetLostPod(runner);
  say(`pod ${pod.id} is deleted${cost === undefined ? '' : `; it cost about USD ${cost.toFixed(2)}`}`);
}
