import { writeFileAtomic } from './atomic-file.ts';
import { readTextFile } from './read-text-file.ts';

export interface FailedItem {
  id: string;
  /** Why, in one line. */
  reason: string;
  attempts: number;
  /** ISO time of the last attempt. */
  at: string;
}

/** `progress/{phase}_progress.json`. */
export interface PhaseProgress {
  completed: string[];
  failed: FailedItem[];
}

/** The file is there but is no progress file. */
export class PhaseProgressError extends Error {
  override readonly name = 'PhaseProgressError';
  readonly path: string;

  constructor(path: string, detail: string) {
    super(`${path} is no progress file (${detail}): delete it, it is made again from the journal`);
    this.path = path;
  }
}

/**
 * Reads a progress file; one that is not there is empty. Failed items may be plain strings, as older tools write them.
 *
 * @throws PhaseProgressError when the content is something else.
 */
export async function readPhaseProgress(path: string): Promise<PhaseProgress> {
  let text: string;
  try {
    text = await readTextFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { completed: [], failed: [] };
    throw error;
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new PhaseProgressError(path, (error as Error).message.replaceAll(/\s+/g, ' '));
  }
  const { completed, failed } = (value ?? {}) as { completed?: unknown; failed?: unknown };
  if (!Array.isArray(completed) || !completed.every((item) => typeof item === 'string')) {
    throw new PhaseProgressError(path, '"completed" is not a list of names');
  }
  if (!Array.isArray(failed)) throw new PhaseProgressError(path, '"failed" is not a list');
  return { completed, failed: failed.map((item: unknown) => toFailedItem(item, path)) };
}

/** Writes a progress file in one step, both lists sorted, so that equal states give equal files. */
export async function writePhaseProgress(path: string, progress: PhaseProgress): Promise<void> {
  const sorted: PhaseProgress = {
    completed: [...progress.completed].sort(),
    failed: [...progress.failed].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)),
  };
  await writeFileAtomic(path, `${JSON.stringify(sorted, null, 2)}\n`);
}

function toFailedItem(item: unknown, path: string): FailedItem {
  if (typeof item === 'string') return { id: item, reason: 'unknown', attempts: 1, at: '' };
  const { id, reason, attempts, at } = (item ?? {}) as Partial<Record<keyof FailedItem, unknown>>;
  if (typeof id !== 'string') throw new PhaseProgressError(path, 'a failed item has no id');
  return {
    id,
    reason: typeof reason === 'string' ? reason : 'unknown',
    attempts: typeof attempts === 'number' ? attempts : 1,
    at: typeof at === 'string' ? at : '',
  };
}

/**
 * Lays the outcome of a run over what was known before: items that the run did not touch keep their state, and items that are
 * not in `known` any more are dropped.
 */
export function mergePhaseProgress(
  previous: PhaseProgress,
  current: PhaseProgress,
  known: ReadonlySet<string>,
): PhaseProgress {
  const touched = new Set([...current.completed, ...current.failed.map(({ id }) => id)]);
  const isKept = (id: string) => !touched.has(id) && known.has(id);
  return {
    completed: [...previous.completed.filter(isKept), ...current.completed],
    failed: [...previous.failed.filter(({ id }) => isKept(id)), ...current.failed],
  };
}
