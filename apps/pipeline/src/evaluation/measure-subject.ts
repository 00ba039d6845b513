import { strictFloorPlanAnalysisSchema } from '@arae/floorplan';
import type { FloorPlanAnalysis } from '@arae/floorplan';
import { parseAnswer } from '@arae/labelers';
import type { ParsedAnswer } from '@arae/labelers';
import {
  bleu,
  chrf,
  fieldAgreement,
  groundLabel,
  measureLabel,
  meanScores,
  proseOf,
  rougeL,
  scoreGrounding,
  sumAgreement,
} from '@arae/quality-metrics';
import type { FieldAgreement, LabelUnderTest, TextPair } from '@arae/quality-metrics';
import type { RowAnswer } from './ask-rows.ts';
import { measureSpeed } from './measure-speed.ts';
import type { EvaluationRow } from './read-evaluation-rows.ts';
import type { RowNote, SubjectReport, TextScores } from './subject-report.ts';

/** A row with what became of a subject's answer to it. */
interface ReadRow {
  row: EvaluationRow;
  /** As it came; empty where none came. */
  text: string;
  analysis: FloorPlanAnalysis | null;
  isJson: boolean;
  isRepaired: boolean;
}

/** How a model that was asked in one way did. */
export async function measureAnswers(
  answers: readonly RowAnswer[],
  { role, model, structured, isSimulated }: AskedSubject,
  onRow: () => Promise<void>,
): Promise<SubjectReport> {
  const parsed = answers.map(({ answer }) => (answer === null ? null : parseAnswer(answer)));
  const read = answers.map(({ row, answer }, index) =>
    readRow(row, answer?.text ?? '', parsed[index] ?? null),
  );
  const came = answers.flatMap(({ answer }) => (answer === null ? [] : [answer]));
  return {
    role,
    model,
    answered_by: [...new Set(came.map(({ model: name }) => name).filter((name) => name !== ''))].sort(),
    structured,
    is_simulated: isSimulated,
    unanswered: answers.flatMap((one) => (one.answer === null ? [noteOf(one.row, one.reason)] : [])),
    rejected: parsed.flatMap((answer, index) =>
      answer?.isAccepted === false ? [noteOf((read[index] as ReadRow).row, answer.reason)] : [],
    ),
    cut: came.filter(({ isCut }) => isCut).length,
    refused: came.filter(({ refusal }) => refusal !== null).length,
    repaired: read.filter(({ isRepaired }) => isRepaired).length,
    thought_aloud: came.filter(({ text }) => text.includes('</think>')).length,
    ...measureContent(read),
    ...(await againstTeacher(read, onRow)),
    speed: measureSpeed(came),
  };
}

export interface AskedSubject {
  role: 'student' | 'base';
  model: string;
  structured: boolean;
  isSimulated: boolean;
}

/** The teacher's own answers, which stand in the rows. */
export function measureTeacherRows(rows: readonly EvaluationRow[]): SubjectReport {
  return {
    role: 'teacher',
    model: null,
    answered_by: [],
    structured: null,
    is_simulated: false,
    unanswered: [],
    rejected: [],
    cut: 0,
    refused: 0,
    repaired: 0,
    thought_aloud: 0,
    ...measureContent(
      rows.map((row) => ({
        row,
        text: row.teacherText,
        analysis: row.teacher,
        isJson: true,
        isRepaired: false,
      })),
    ),
    text: null,
    agreement: null,
    speed: null,
  };
}

function readRow(row: EvaluationRow, text: string, answer: ParsedAnswer | null): ReadRow {
  if (answer === null) return { row, text, analysis: null, isJson: false, isRepaired: false };
  return answer.isAccepted
    ? { row, text, analysis: answer.analysis, isJson: !answer.isRepaired, isRepaired: answer.isRepaired }
    : { row, text, analysis: null, isJson: answer.isJson, isRepaired: false };
}

type Content =
  | 'rows'
  | 'json_validity'
  | 'schema_compliance'
  | 'strict_compliance'
  | 'metrics'
  | 'metrics_total'
  | 'grounding';

/** What can be said of the answers by themselves and against the graphs. */
function measureContent(read: readonly ReadRow[]): Pick<SubjectReport, Content> {
  const share = (isMet: (one: ReadRow) => boolean) => read.filter(isMet).length / Math.max(1, read.length);
  const labels = read.flatMap(({ row: { item }, analysis, isJson, isRepaired }): LabelUnderTest[] =>
    item === null ? [] : [{ id: item.stem, graph: item.graph, analysis, isJson, isRepaired }],
  );
  const scores = meanScores(labels.map((label) => measureLabel(label).metrics));
  return {
    rows: read.length,
    json_validity: share(({ isJson }) => isJson),
    schema_compliance: share(({ analysis, isRepaired }) => analysis !== null && !isRepaired),
    strict_compliance: share(({ text, isJson, analysis }) => isJson && analysis !== null && isStrict(text)),
    metrics: labels.length === 0 ? null : scores.metrics,
    metrics_total: labels.length === 0 ? null : scores.total,
    grounding: labels.length === 0 ? null : groundingOf(labels),
  };
}

/** Keys and words exactly as the schema has them, and nothing around them: no thinking either. */
function isStrict(text: string): boolean {
  try {
    return strictFloorPlanAnalysisSchema.safeParse(JSON.parse(text)).success;
  } catch {
    return false;
  }
}

function groundingOf(labels: readonly LabelUnderTest[]): NonNullable<SubjectReport['grounding']> {
  const grounded = labels.map(groundLabel);
  const hasLabel = labels.map(({ analysis }) => analysis !== null);
  const scores = scoreGrounding(grounded, hasLabel);
  const count = hasLabel.filter(Boolean).length;
  const { severe, minor } = scores.contradictions;
  return {
    total: scores.total,
    metrics: scores.metrics,
    labels: count,
    without_severe: grounded.filter((label, index) => hasLabel[index] && label.severe === 0).length,
    contradictions: {
      severe,
      minor,
      severe_per_label: severe / Math.max(1, count),
      minor_per_label: minor / Math.max(1, count),
    },
    invented_spaces: scores.inventedSpaces,
    grades_against_rubric: scores.grades,
    claims: scores.kinds,
  };
}

/** @param onRow awaited after every row: the longest common subsequence of two long texts takes its time */
async function againstTeacher(
  read: readonly ReadRow[],
  onRow: () => Promise<void>,
): Promise<Pick<SubjectReport, 'text' | 'agreement'>> {
  const prose: TextPair[] = [];
  const answer: TextPair[] = [];
  const agreements: FieldAgreement[] = [];
  const rouge = { prose: 0, answer: 0 };
  for (const { row, text, analysis } of read) {
    // Unicode has two spellings of Hangul; they are one text to a reader.
    const pairs = {
      prose: {
        hypothesis: (analysis === null ? '' : proseOf(analysis)).normalize('NFC'),
        reference: proseOf(row.teacher).normalize('NFC'),
      },
      answer: {
        hypothesis: (analysis === null ? text : JSON.stringify(analysis)).normalize('NFC'),
        reference: JSON.stringify(row.teacher).normalize('NFC'),
      },
    };
    prose.push(pairs.prose);
    answer.push(pairs.answer);
    rouge.prose += rougeL(pairs.prose);
    rouge.answer += rougeL(pairs.answer);
    agreements.push(fieldAgreement(analysis, row.teacher));
    await onRow();
  }
  const scores = (pairs: readonly TextPair[], sum: number): TextScores => ({
    chrf2: chrf(pairs),
    bleu: bleu(pairs),
    rouge_l: sum / Math.max(1, pairs.length),
  });
  const fields = sumAgreement(agreements);
  // Fields of which the rows have none (no spaces at all) do not count.
  const shares = Object.values(fields).flatMap(({ equal, of }) => (of === 0 ? [] : [equal / of]));
  return {
    text: { prose: scores(prose, rouge.prose), answer: scores(answer, rouge.answer) },
    agreement: { mean: shares.reduce((sum, one) => sum + one, 0) / Math.max(1, shares.length), fields },
  };
}

function noteOf({ line, item }: EvaluationRow, reason: string): RowNote {
  return { line, stem: item?.stem ?? null, reason };
}
