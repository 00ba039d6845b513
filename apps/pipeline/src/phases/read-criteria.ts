import { DEFAULT_CRITERIA_URL, parseCriteriaDocument } from '@arae/floorplan';
import type { CriteriaChunk } from '@arae/floorplan';
import { readTextFile } from '@arae/progress';
import { UsageError } from '../errors.ts';

export interface Criteria {
  readonly text: string;
  readonly origin: string;
  readonly chunks: CriteriaChunk[];
}

/** The criteria document at a path, or the bundled one. */
export async function readCriteria(path: string | null): Promise<Criteria> {
  const origin = path ?? 'bundled criteria';
  let text: string;
  try {
    text = await readTextFile(path ?? DEFAULT_CRITERIA_URL);
  } catch (error) {
    throw new UsageError(
      `the criteria document ${origin} cannot be read (${(error as NodeJS.ErrnoException).code}): check rag.documentPath`,
    );
  }
  return { text, origin, chunks: parseCriteriaDocument(text, origin) };
}
