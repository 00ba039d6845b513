import { findPodByName, RunpodError } from '@arae/runpod';
import { prepare } from '../bundle/push-bundle.ts';
import { UsageError } from '../errors.ts';
import { bringUp } from '../pod/bring-up.ts';
import type { Runner } from '../runner.ts';
import { makePlan, planLines } from './plan.ts';
import { runSteps } from './run-steps.ts';
import { takeDown } from './down.ts';
import { pullData, pushData } from './transfer-data.ts';

/** Pods that may vanish under one call before it gives up. */
const MAX_LOST_PODS = 3;

export interface AllOptions {
  readonly steps: readonly string[];
  readonly simulate: boolean;
  /** Without asking. */
  readonly yes: boolean;
}

/**
 * Plan, question, pod, push, run, pull, down; goes on from where an earlier call was cut off. A pod that vanishes is replaced.
 * @returns exit code of the run
 */
export async function runAll(runner: Runner, options: AllOptions): Promise<number> {
  const { client, state, say, signal } = runner;
  // Who goes on has been asked before.
  if (state.current.pod === null) await askFirst(runner, options.yes);
  for (let lost = 0; ; lost++) {
    try {
      return await onePod(runner, options);
    } catch (error) {
      if (!(error instanceof RunpodError) || error.code !== 'pod-lost' || lost >= MAX_LOST_PODS) throw error;
      // One that is stopped was stopped for a reason, by its watchdog for instance.
      if ((await findPodByName(client, state.current.name, signal)) !== undefined) throw error;
      say(error.message);
    }
  }
}

async function askFirst(runner: Runner, yes: boolean): Promise<void> {
  for (const line of planLines(await makePlan(runner), runner)) runner.say(line);
  if (yes) return;
  if (runner.confirm === null) throw new UsageError('nobody can be asked here: add --yes to rent a GPU');
  if (!(await runner.confirm('Rent a GPU and start?'))) throw new UsageError('nothing was rented');
}

async function onePod(runner: Runner, { steps, simulate }: AllOptions): Promise<number> {
  const { state } = runner;
  const pod = await bringUp(runner);
  const isStarted = () => state.current.run !== null && !state.current.run.isPulled;
  if (!state.current.pod!.isPrepared) await prepare(runner, pod);
  // Under a run nothing is changed.
  if (!isStarted()) await pushData(runner, pod);
  const exitCode = await runSteps(runner, pod, { steps, simulate });
  await pullData(runner, pod);
  await takeDown(runner, false);
  return exitCode;
}
