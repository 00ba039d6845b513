import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { formatDuration } from '@arae/progress';
import { EXIT } from '../exit-codes.ts';
import { runSteps } from '../phases/run-steps.ts';
import type { PhaseSummary, RunContext } from '../run-context.ts';
import type { DemoStart } from './demo-starts.ts';
import { demoTable } from './demo-table.ts';

/** Networks take a second a drawing and more, an import takes none. */
const DEMO_SIZES = {
  drawings: { plans: 24, sample: 16 },
  graphs: { plans: 40, sample: 24 },
} as const satisfies Record<DemoStart, object>;
const DEMO_SEED = 42;

interface DemoFolders {
  readonly generated: string;
  readonly images: string;
  readonly graphs: string;
}

/**
 * Where the demo's generated drawings and graphs lie, below its data folder: one folder for each start, since the sample
 * is drawn from all that lies there.
 */
function demoFolders(data: string, from: DemoStart): DemoFolders {
  const generated = join(data, from === 'drawings' ? 'generated_drawings' : 'generated');
  return { generated, images: join(generated, 'images'), graphs: join(generated, 'graphs') };
}

/** The demo's own settings: its sample and folders whatever the configuration says. */
export function demoFlags(
  data: string,
  from: DemoStart,
): { images: string; import: string | undefined; sampleSize: number; simulate: true } {
  const { images, graphs } = demoFolders(data, from);
  return {
    images,
    import: from === 'graphs' ? graphs : undefined,
    sampleSize: DEMO_SIZES[from].sample,
    simulate: true,
  };
}

/** The whole way on generated plans against the simulator; it never spends. */
export async function runDemo(context: RunContext, from: DemoStart): Promise<PhaseSummary[]> {
  const { display, clock, config } = context;
  const startedAt = clock.now();
  const { generated } = demoFolders(config.data, from);
  const { plans } = DEMO_SIZES[from];
  await generate(context, generated, plans);
  // Ready graphs go before networks, and the configuration may name some.
  const own: RunContext =
    from === 'graphs' ? context : { ...context, config: { ...config, topology: { importDir: null } } };
  const summaries = await runSteps(['0', '1', '2', '3a', '3b', '4', '5'], own, () => undefined);
  if (from === 'drawings' && summaries.every(({ exitCode }) => exitCode === EXIT.done)) {
    summaries.push(await compareWithTruth(own, generated));
  }
  for (const line of demoTable({ plans, generated, root: context.folder.root, summaries })) display.log(line);
  display.log(
    `demo: ended after ${formatDuration(clock.now() - startedAt)}; the teachers were simulated and nothing was spent`,
  );
  return summaries;
}

async function generate({ display, stop }: RunContext, outDir: string, count: number): Promise<void> {
  const { writePlans } = await import('@arae/plan-generator');
  const task = display.task('generate plans', count);
  await writePlans({
    count,
    seed: DEMO_SEED,
    outDir,
    drawings: true,
    workers: availableParallelism(),
    signal: stop,
    onProgress: () => task.done(),
  });
  task.finish();
}

/** What the networks found against what the generator drew. */
async function compareWithTruth(context: RunContext, truth: string): Promise<PhaseSummary> {
  const { runEvaluateCv } = await import('../cv-evaluation/run-evaluate-cv.ts');
  const { evaluationRows } = await import('../cv-evaluation/evaluation-lines.ts');
  const { evaluation, files } = await runEvaluateCv(context, { truth });
  return {
    phase: 'evaluate-cv',
    exitCode: EXIT.done,
    figures: Object.fromEntries(evaluationRows(evaluation)),
    // The page first: it is what a person opens.
    files: files.toReversed(),
    warnings: [],
  };
}
