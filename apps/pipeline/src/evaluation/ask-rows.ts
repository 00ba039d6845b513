import { createRandom } from '@arae/floorplan';
import type { TopologyGraph } from '@arae/floorplan';
import { createAdmission, labelItems, requestKey } from '@arae/labelers';
import type { AnswerRecord, LabelItem, LabelJournal, LabelOutcome, Teacher } from '@arae/labelers';
import { formatDuration } from '@arae/progress';
import type { RunContext } from '../run-context.ts';
import type { EvaluationRow } from './read-evaluation-rows.ts';

/** What a model said to a row; the reason where the server gave no answer. */
export type RowAnswer =
  { row: EvaluationRow; answer: AnswerRecord } | { row: EvaluationRow; answer: null; reason: string };

/** Questions in a row without an answer after which a server is taken for gone. */
const MAX_SILENT = 10;

/** The server does not answer; what it has answered is kept. */
export class SilentServerError extends Error {
  override readonly name = 'SilentServerError';

  constructor(model: string, silent: number, reason: string) {
    super(
      `${model}: the last ${silent} questions got no answer (${reason}): see to the server and start the same command again, what is answered is kept`,
    );
  }
}

/**
 * Asks a model every row that it has not answered yet, and puts each answer into the journal first. One answer counts, good or bad, as
 * the service takes it; only a question that got none (a fault of the server, a cut connection, a timeout) is asked again.
 *
 * @throws SilentServerError; TeacherUnavailableError; the stop signal's reason
 */
export async function askRows(
  teacher: Teacher,
  rows: readonly EvaluationRow[],
  journal: LabelJournal,
  { config, display, clock, stop, abort }: RunContext,
  title: string,
): Promise<RowAnswer[]> {
  const { concurrency } = config.evaluation;
  // Equal questions are asked once.
  const questions = new Map(rows.map((row) => [requestKey(teacher, row.prompt), row]));
  const reasons = new Map<string, string>();
  const refused = new Set<string>();
  const open = [...questions.keys()].filter((key) => firstAnswer(journal, key) === null);
  if (open.length > 0) {
    const task = display.task(title, questions.size, questions.size - open.length);
    let silent = 0;
    try {
      await labelItems({
        teacher,
        journal,
        ids: open,
        load: (key) => Promise.resolve(itemOf(questions.get(key) as EvaluationRow)),
        admission: createAdmission({ clock, maxConcurrency: concurrency }),
        budget: null,
        prices: null,
        verification: null,
        policy: { ...config.labeling.retry, maxAnswers: 1 },
        clock,
        // Only the spread of the waiting times hangs on this.
        random: createRandom(clock.now() % 2 ** 31),
        concurrency,
        retryFailed: true,
        stop,
        abort,
        onEvent: (event) => {
          // A question that the server refuses says nothing about the server.
          if (event.type === 'request-failed' && !event.error.isRetryable) refused.add(event.id);
          if (event.type === 'answer-rejected') display.log(`${teacher.model}: ${event.id}: ${event.reason}`);
          if (event.type === 'paused') {
            display.log(`${teacher.model}: pausing ${formatDuration(event.ms)}: ${event.reason}`);
          }
        },
        onOutcome(outcome: LabelOutcome): Promise<void> {
          if (outcome.isLabelled) task.done();
          else task.fail();
          if (outcome.isLabelled || outcome.answers.length > 0) {
            silent = 0;
            return Promise.resolve();
          }
          reasons.set(outcome.key, outcome.reason);
          if (!refused.has(outcome.id)) silent++;
          if (silent >= MAX_SILENT) throw new SilentServerError(teacher.model, silent, outcome.reason);
          return Promise.resolve();
        },
      });
    } finally {
      task.finish();
    }
    if ([...questions.keys()].every((key) => firstAnswer(journal, key) === null)) {
      throw new SilentServerError(teacher.model, open.length, [...reasons.values()].at(-1) ?? 'not asked');
    }
  }
  return rows.map((row) => {
    const key = requestKey(teacher, row.prompt);
    const answer = firstAnswer(journal, key);
    return answer === null ? { row, answer, reason: reasons.get(key) ?? 'not asked' } : { row, answer };
  });
}

function firstAnswer(journal: LabelJournal, key: string): AnswerRecord | null {
  return journal.stateOf(key)?.answers[0] ?? null;
}

function itemOf({ line, prompt, item }: EvaluationRow): LabelItem {
  return { id: item?.stem ?? `line ${line}`, prompt, graph: item?.graph ?? NO_GRAPH };
}

/** Only verification looks at it, and there is none here. */
const NO_GRAPH: TopologyGraph = {
  image_info: { file_name: '', width: 0, height: 0 },
  nodes: [],
  edges: [],
  statistics: {
    total_image_area: 0,
    total_space_area: 0,
    total_inside_area: 0,
    space_count: 0,
    inside_space_count: 0,
    room_count: 0,
    bathroom_count: 0,
    balcony_count: 0,
    bay_count: 0,
    space_type_count: {},
    structure_type: '혼합형',
    balcony_ratio: 0,
    windowless_ratio: 0,
  },
};
