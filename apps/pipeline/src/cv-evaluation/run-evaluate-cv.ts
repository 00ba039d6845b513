import { join } from 'node:path';
import { writeFileAtomic } from '@arae/progress';
import type { RunContext } from '../run-context.ts';
import { evaluateDrawings } from './evaluate-drawings.ts';
import type { CvEvaluation } from './evaluate-drawings.ts';
import { readBackgrounds } from './read-backgrounds.ts';
import { renderEvaluationPage } from './render-evaluation-page.ts';

export interface EvaluateCvResult {
  readonly evaluation: CvEvaluation;
  /** `cv_evaluation.json`, also what `--json` prints. */
  readonly report: object;
  readonly files: readonly string[];
}

/** Compares phase 1's graphs with the true ones and writes `cv_evaluation.json` and `cv_evaluation.html`. */
export async function runEvaluateCv(
  context: RunContext,
  { truth, out = context.folder.root }: { truth: string; out?: string | undefined },
): Promise<EvaluateCvResult> {
  const evaluation = await evaluateDrawings(context, truth);
  const { drawings, summary, withoutGraph, withoutTruth } = evaluation;
  const report = {
    summary,
    withoutGraph,
    withoutTruth,
    drawings: drawings.map(({ stem, evaluation: { matchedRooms, ...figures } }) => ({
      stem,
      ...figures,
      matchedRooms: Object.fromEntries(matchedRooms),
    })),
  };
  const backgrounds = await readBackgrounds(
    context.config.images,
    drawings.map(({ stem }) => stem),
  );
  const files = [join(out, 'cv_evaluation.json'), join(out, 'cv_evaluation.html')] as const;
  await writeFileAtomic(files[0], `${JSON.stringify(report, null, 2)}\n`);
  await writeFileAtomic(files[1], renderEvaluationPage(evaluation, backgrounds));
  return { evaluation, report, files };
}
