import type { PhaseSummary, RunContext } from '../run-context.ts';

export type Phase = (context: RunContext) => Promise<PhaseSummary>;

/** The phases by their names in `--step`, in their order. Each is loaded when it runs, so that small commands start fast. */
export const PHASES: ReadonlyMap<string, { describe: string; run: Phase }> = new Map([
  [
    '0',
    {
      describe: 'Sample the drawings',
      run: async (context) => (await import('./sample.ts')).runSample(context),
    },
  ],
  [
    '1',
    {
      describe:
        'Make the graphs of the sample with the networks (--models FILE), or take ready ones (--import DIR)',
      run: async (context) => (await import('./make-graphs.ts')).runMakeGraphs(context),
    },
  ],
  [
    '2',
    {
      describe: 'Retrieve the criteria for every graph',
      run: async (context) => (await import('./retrieve-context.ts')).runRetrieveContext(context),
    },
  ],
  ['3a', { describe: 'Label by the teacher openai', run: labelPhase('openai') }],
  ['3b', { describe: 'Label by the teacher gemini', run: labelPhase('gemini') }],
  [
    '4',
    {
      describe: 'Compare the teachers and choose one',
      run: async (context) => (await import('./compare.ts')).runCompare(context),
    },
  ],
  [
    '5',
    {
      describe: 'Build train.jsonl and val.jsonl',
      run: async (context) => (await import('./build-dataset.ts')).runBuildDataset(context),
    },
  ],
  [
    '6',
    {
      describe: 'Fine-tune the local model on train.jsonl',
      run: async (context) => (await import('./finetune.ts')).runFinetune(context),
    },
  ],
] satisfies [string, { describe: string; run: Phase }][]);

/** Labelling by any configured teacher. */
export function labelPhase(teacher: string): Phase {
  return async (context) => (await import('./label.ts')).runLabel(teacher, context);
}
