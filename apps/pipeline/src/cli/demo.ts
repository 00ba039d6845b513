import { join } from 'node:path';
import { formatDuration } from '@arae/progress';
import { runSteps } from '../phases/run-steps.ts';
import type { PhaseSummary, RunContext } from '../run-context.ts';

const DEMO_PLANS = 40;
const DEMO_SAMPLE = 24;
const DEMO_SEED = 42;

/** Where the demo's generated drawings and graphs lie, below its data folder. */
export function demoFolders(data: string): { images: string; graphs: string; generated: string } {
  const generated = join(data, 'generated');
  return { generated, images: join(generated, 'images'), graphs: join(generated, 'graphs') };
}

/** The whole way on generated plans against the simulator; it never spends. */
export async function runDemo(context: RunContext): Promise<PhaseSummary[]> {
  const { display, clock, config } = context;
  const startedAt = clock.now();
  const { writePlans } = await import('@arae/plan-generator');
  const { generated } = demoFolders(config.data);
  const task = display.task('generate plans', DEMO_PLANS);
  await writePlans({
    count: DEMO_PLANS,
    seed: DEMO_SEED,
    outDir: generated,
    drawings: true,
    signal: context.stop,
    onProgress: () => task.done(),
  });
  task.finish();
  const summaries = await runSteps(['0', '1', '2', '3a', '3b', '4', '5'], context, () => undefined);
  for (const line of demoTable(context, summaries)) display.log(line);
  display.log(
    `demo: ended after ${formatDuration(clock.now() - startedAt)}; the teachers were simulated and nothing was spent`,
  );
  return summaries;
}

/** The demo's own settings: its sample and folders whatever the configuration says. */
export function demoFlags(data: string): {
  images: string;
  import: string;
  sampleSize: number;
  simulate: true;
} {
  const { images, graphs } = demoFolders(data);
  return { images, import: graphs, sampleSize: DEMO_SAMPLE, simulate: true };
}

function demoTable({ folder, config }: RunContext, summaries: readonly PhaseSummary[]): string[] {
  const rows: [string, string, string][] = [
    ['generate', `${DEMO_PLANS} plans`, demoFolders(config.data).generated],
    ...summaries.map(({ phase, figures, files }): [string, string, string] => [
      phase,
      Object.entries(figures)
        .slice(0, 3)
        .map(([name, value]) => `${name} ${value}`)
        .join(', '),
      files[0] ?? folder.root,
    ]),
  ];
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => (row[column] as string).length)));
  return [
    '',
    ...rows.map(
      ([phase, made, where]) =>
        `${phase.padEnd(widths[0] as number)}  ${made.padEnd(widths[1] as number)}  ${where}`,
    ),
    '',
  ];
}
