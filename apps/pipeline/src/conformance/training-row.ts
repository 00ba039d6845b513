import { controlTokenIn } from '@arae/floorplan';
import type { Prompt } from '@arae/floorplan';
import { chatRow, toJsonLine } from '@arae/jsonl';
import { sha256Of } from '../sha256-of.ts';

/**
 * The line of a training row, by its SHA-256, as phase 5 writes it; none for a row whose texts hold a control token.
 *
 * @param answer the analysis as compact JSON
 */
export function trainingRowOf(
  prompt: Prompt,
  answer: string,
): { row_sha256: string | null; control_token: string | null } {
  for (const text of [prompt.system, prompt.user, answer]) {
    const token = controlTokenIn(text);
    if (token !== null) return { row_sha256: null, control_token: token };
  }
  return {
    row_sha256: sha256Of(toJsonLine(chatRow(prompt.system, prompt.user, answer))),
    control_token: null,
  };
}
