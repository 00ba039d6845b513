import yargs from 'yargs';
import type { Argv } from 'yargs';
import { acquireFolderLock } from '@arae/progress';
import { findPodByName } from '@arae/runpod';
import { makePlan, planLines } from './commands/plan.ts';
import { parsePodSteps, runSteps } from './commands/run-steps.ts';
import { pullData, pushData } from './commands/transfer-data.ts';
import { pullOverS3, pushOverS3 } from './commands/transfer-s3.ts';
import { prepare } from './bundle/push-bundle.ts';
import { runAll } from './commands/all.ts';
import { takeDown } from './commands/down.ts';
import { createRunner, type Machine } from './create-runner.ts';
import { EXIT, UsageError } from './errors.ts';
import { bringUp, findUp } from './pod/bring-up.ts';
import { installWatchdog } from './pod/watchdog.ts';
import type { LivePod, Runner } from './runner.ts';

const FLAGS = {
  data: { type: 'string', describe: 'Data folder (default training_data)' },
  config: { type: 'string', describe: 'Configuration file of arae-pipeline' },
  'max-hours': { type: 'number', describe: 'Hours after which the pod stops itself (default 12)' },
  'max-cost': { type: 'number', describe: 'USD after which the pod stops itself (default 30)' },
  'idle-minutes': {
    type: 'number',
    describe: 'Minutes without work after which the pod stops itself (default 20)',
  },
  'ssh-minutes': {
    type: 'number',
    describe: 'Minutes within which a new pod must answer; else it is given back (default 20)',
  },
  gpu: { type: 'string', describe: 'GPU ids in order of preference, with commas' },
  cloud: { choices: ['SECURE', 'COMMUNITY'], describe: 'Default SECURE' },
  'data-center': { type: 'string', describe: 'Data centres, with commas' },
  'network-volume': { type: 'string', describe: 'Id of a network volume instead of a disk of its own' },
  's3-endpoint': {
    type: 'string',
    describe: "Address of the volume's S3 interface (default: RunPod's for --data-center)",
  },
  's3-region': { type: 'string', describe: 'Its region (default: --data-center)' },
  'volume-size': { type: 'number', describe: "GB of the pod's own volume (default 100)" },
  image: { type: 'string', describe: 'Container image' },
  workspace: { type: 'string', describe: 'Where the volume lies on the pod (default /workspace)' },
  pipeline: { type: 'string', describe: 'Command of arae-pipeline where the image has it' },
  json: { type: 'boolean', default: false, describe: 'The result as JSON on standard output' },
  verbose: { type: 'boolean', default: false, describe: 'Show the stack of errors' },
} as const;

const S3_FLAG = {
  s3: {
    type: 'boolean',
    default: false,
    describe: 'By the S3 interface of --network-volume, without a pod',
  },
} as const;

const RUN_FLAGS = {
  step: { type: 'string', default: '2,3a,3b,4,5', describe: 'Phases that run on the pod' },
  simulate: { type: 'boolean', default: false, describe: 'Phases 3 against the bundled simulator' },
} as const;

/** The command line; `run` resolves to the exit code. */
export function buildCli(machine: Machine): { run(args: readonly string[]): Promise<number> } {
  let exitCode: number = EXIT.done;

  /** Runs a command while it holds the data folder's runner, which two must not do at a time. */
  async function withRunner(
    flags: Record<string, unknown>,
    work: (runner: Runner) => Promise<void>,
  ): Promise<void> {
    const runner = await createRunner(flags, machine);
    const lock = await acquireFolderLock(runner.state.folder, {
      scope: 'runpod',
      command: 'arae-runpod',
      now: () => new Date(runner.clock.now()),
    });
    try {
      await work(runner);
    } finally {
      await lock.release();
      tellWhatBills(runner);
    }
  }

  const withPod = (flags: Record<string, unknown>, work: (runner: Runner, pod: LivePod) => Promise<void>) =>
    withRunner(flags, async (runner) => {
      const pod = await findUp(runner);
      if (pod === undefined) throw new UsageError('no pod of this data folder runs: arae-runpod up first');
      await work(runner, pod);
    });

  const cli = yargs()
    .scriptName('arae-runpod')
    .locale('en')
    .usage(
      '$0 <command>\n\nRents a GPU of RunPod, sends the data folder, runs phases there, fetches the results, gives the GPU back.',
    )
    .strict()
    .version(false)
    .demandCommand(1, 'say which command; --help lists them')
    .exitProcess(false)
    .fail((message, error) => {
      throw error ?? new UsageError(`${message}: see arae-runpod COMMAND --help`);
    })
    .options(FLAGS);
  const runFlags = (command: Argv) => command.options(RUN_FLAGS);
  const s3Flag = (command: Argv) => command.options(S3_FLAG);
  const none = (command: Argv) => command;
  return {
    async run(args) {
      await cli
        .command('plan', 'What would run where, for how long, at what price', none, async (flags) => {
          const runner = await createRunner(flags, machine);
          const plan = await makePlan(runner);
          machine.print(flags['json'] === true ? JSON.stringify(plan) : planLines(plan, runner).join('\n'));
          await tellOfPod(runner);
        })
        .command('up', 'Rent a pod, or find the one that is there, and prepare it', none, (flags) =>
          withRunner(flags, async (runner) => prepare(runner, await bringUp(runner))),
        )
        .command('push', 'Send the data folder', s3Flag, (flags) =>
          flags['s3'] === true ? withRunner(flags, pushOverS3) : withPod(flags, pushData),
        )
        .command('run', 'Run phases on the pod and stay with them', runFlags, (flags) =>
          withPod(flags, async (runner, pod) => {
            if (!runner.state.current.pod!.isPushed) {
              throw new UsageError('the data folder did not arrive there as a whole: arae-runpod push first');
            }
            // With the limits of this call.
            await installWatchdog(runner, pod);
            if (!runner.state.current.pod!.isPrepared) await prepare(runner, pod);
            exitCode = await runSteps(runner, pod, {
              steps: parsePodSteps(flags['step']),
              simulate: flags['simulate'] === true,
            });
          }),
        )
        .command('pull', 'Fetch the results', s3Flag, (flags) =>
          flags['s3'] === true ? withRunner(flags, pullOverS3) : withPod(flags, pullData),
        )
        .command(
          'down',
          'Delete the pod',
          (command) =>
            command.option('discard', {
              type: 'boolean',
              default: false,
              describe: 'Also with results that were not fetched',
            }),
          (flags) => withRunner(flags, (runner) => takeDown(runner, flags.discard)),
        )
        .command(
          'all',
          'plan, up, push, run, pull, down; goes on where an earlier call was cut off',
          (command) =>
            runFlags(command).option('yes', { type: 'boolean', default: false, describe: 'Do not ask' }),
          (flags) =>
            withRunner(flags, async (runner) => {
              exitCode = await runAll(runner, {
                steps: parsePodSteps(flags['step']),
                simulate: flags['simulate'] === true,
                yes: flags['yes'] === true,
              });
            }),
        )
        .parseAsync([...args]);
      return exitCode;
    },
  };
}

/** A runner that died may have left a pod that nobody watches; `plan` changes nothing, but says so. */
async function tellOfPod({ client, state, say, signal }: Runner): Promise<void> {
  const pod = await findPodByName(client, state.current.name, signal).catch(() => undefined);
  if (pod === undefined) return;
  const isWatched = state.current.pod?.id === pod.id && state.current.pod.isWatched;
  say(
    `pod ${pod.id} of this data folder is there (${pod.status})${isWatched ? '' : ' without a watchdog'} and bills while it runs: arae-runpod up goes on with it, down deletes it`,
  );
}

function tellWhatBills({ state, say }: Runner): void {
  const { pod } = state.current;
  if (pod === null) return;
  say(
    `pod ${pod.id} is still there and bills USD ${pod.price.toFixed(2)} an hour while it runs: arae-runpod down when you are done`,
  );
}
