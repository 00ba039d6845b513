import { preparePython } from '../bundle/prepare-python.ts';
import { UsageError } from '../errors.ts';
import { hoursLeft } from '../pod/watchdog.ts';
import { followRun } from '../run/follow-run.ts';
import { handedEnvironment } from '../run/handed-environment.ts';
import { startRun, statusOfRun } from '../run/start-run.ts';
import type { LivePod, Runner } from '../runner.ts';

/** Phases that may run on a pod. */
const STEPS = ['2', '3a', '3b', '4', '5', '6'] as const;

/** @throws UsageError */
export function parsePodSteps(text: string): string[] {
  const steps = text.split(',').map((step) => step.trim());
  for (const step of steps) {
    if (!(STEPS as readonly string[]).includes(step)) {
      throw new UsageError(`--step: "${step}" cannot run on a pod: choose of ${STEPS.join(',')}`);
    }
  }
  return steps;
}

/**
 * Runs phases on the pod and stays with them to their end; a run under way is followed instead of started.
 * @returns exit code of arae-pipeline
 */
export async function runSteps(
  runner: Runner,
  pod: LivePod,
  { steps, simulate }: { readonly steps: readonly string[]; readonly simulate: boolean },
): Promise<number> {
  const { state, env, say } = runner;
  const args = ['run', '--step', steps.join(','), ...(simulate ? ['--simulate'] : [])];
  const { variables: handed, tunnels } = handedEnvironment(env, steps);
  const trains = steps.includes('6') && runner.settings.pipeline === undefined;
  const variables = trains ? { ...handed, PYTHON: await preparePython(runner, pod) } : handed;
  for (;;) {
    const id = await currentRun(runner, pod, args);
    const { run } = state.current;
    if (run?.exitCode !== null && run?.exitCode !== undefined) {
      say(
        `${id} has ended with ${run.exitCode} before: arae-runpod pull fetches its results; then run starts anew`,
      );
      return run.exitCode;
    }
    await startRun(runner, pod, { id, args, variables });
    say(`${id}: arae-pipeline ${args.join(' ')} on pod ${pod.id}, ${hoursLeft(runner).toFixed(1)} h left`);
    const status = await followRun(runner, pod, id, tunnels);
    if (status.is === 'ended') {
      await state.update({ run: { ...state.current.run!, exitCode: status.exitCode } });
      say(`${id}: ended with ${status.exitCode}`);
      return status.exitCode;
    }
    say(`${id}: it is gone without a word, as after a restart of the pod; it is started anew`);
    await state.update({ run: null });
  }
}

/** The run that is under way or has ended and was not fetched yet; else the name of a new one, kept before it starts. */
async function currentRun(runner: Runner, pod: LivePod, args: readonly string[]): Promise<string> {
  const { state } = runner;
  const { run } = state.current;
  if (run !== null && !run.isPulled) {
    if (run.exitCode === null) {
      const status = await statusOfRun(runner, pod, run.id);
      if (status.is === 'ended') await state.update({ run: { ...run, exitCode: status.exitCode } });
      else if (status.is !== 'lost' && run.args.join() !== args.join()) {
        throw new UsageError(
          `${run.id} (${run.args.join(' ')}) has not ended: run those phases again to follow it, or arae-runpod down --discard`,
        );
      }
      if (status.is !== 'lost') return run.id;
    } else if (run.args.join() === args.join()) return run.id;
  }
  const runs = state.current.runs + 1;
  const id = `run-${runs}`;
  await state.update({ runs, run: { id, args: [...args], exitCode: null, isPulled: false } });
  return id;
}
