import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { floorPlanAnalysisSchema, jsonFaultOf, zodFaultOf } from '@arae/floorplan';
import type { FloorPlanAnalysis, Prompt, PromptPack, TopologyGraph } from '@arae/floorplan';
import { checkChatRow, readJsonLines } from '@arae/jsonl';
import type { ChatRow } from '@arae/jsonl';
import { promptHash } from '@arae/labelers';
import { readTextFile } from '@arae/progress';
import { isSafeStem, readSampledStems } from '../data-folder.ts';
import type { DataFolder } from '../data-folder.ts';
import { InterruptedError, UsageError } from '../errors.ts';
import { isReadyToLabel } from '../phases/is-ready-to-label.ts';
import { loadLabelItem } from '../phases/load-label-item.ts';

/** A row that a model is asked. */
export interface EvaluationRow {
  /** In the file, from 1. */
  line: number;
  prompt: Prompt;
  /** The teacher's answer, as it is trained. */
  teacherText: string;
  teacher: FloorPlanAnalysis;
  /** The drawing whose prompt this is, word for word; null when there is none in the data folder. */
  item: { stem: string; graph: TopologyGraph } | null;
}

/**
 * Reads a side of the data set, whole or its first rows.
 *
 * @returns the rows, not yet matched to their drawings, and how many the file holds
 * @throws UsageError for a missing or empty file and for the first line that is no row
 */
export async function readEvaluationRows(
  path: string,
  limit: number = Infinity,
): Promise<{ rows: EvaluationRow[]; inFile: number }> {
  if (!existsSync(path)) throw new UsageError(`${path} is missing: run phase5 first, or check --data`);
  const rows: EvaluationRow[] = [];
  let inFile = 0;
  for await (const json of readJsonLines(path)) {
    if (json.error !== undefined) {
      throw new UsageError(`${path}: ${json.error.message}, or run phase5 again`);
    }
    const { lineNumber, value } = json;
    inFile++;
    const verdict = checkChatRow(value);
    if (verdict !== true) {
      throw new UsageError(
        `${path}: line ${lineNumber} is no row (${verdict.replaceAll(/\s+/g, ' ')}): run phase5 again`,
      );
    }
    if (rows.length >= limit) continue;
    const [system, user, assistant] = (value as ChatRow).messages;
    rows.push({
      line: lineNumber,
      prompt: { system: system.content, user: user.content },
      teacherText: assistant.content,
      teacher: teacherOf(assistant.content, `${path}: line ${lineNumber}`),
      item: null,
    });
  }
  if (rows.length === 0) throw new UsageError(`${path} holds no row: run phase5 on more drawings`);
  return { rows, inFile };
}

function teacherOf(text: string, place: string): FloorPlanAnalysis {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${place}: the answer is no JSON (${jsonFaultOf(error)}): run phase5 again`);
  }
  const parsed = floorPlanAnalysisSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new UsageError(`${place}: the answer is no analysis (${zodFaultOf(parsed.error)}): run phase5 again`);
}

/**
 * Finds the drawing of each row: the one whose prompt, built anew from graph and context, is the row's word for word. A row whose
 * graph has changed since, or that was made with another prompt pack, finds none.
 */
export async function matchRows(
  rows: readonly EvaluationRow[],
  { folder, pack, stop }: { folder: DataFolder; pack: PromptPack; stop: AbortSignal },
): Promise<EvaluationRow[]> {
  const wanted = new Set(rows.map(({ prompt }) => promptHash(prompt)));
  const found = new Map<string, EvaluationRow['item']>();
  for (const stem of await stemsToTry(folder)) {
    if (stop.aborted) throw new InterruptedError();
    if (found.size === wanted.size) break;
    if (!isReadyToLabel(stem, folder)) continue;
    // A drawing that cannot be read is that of no row.
    const loaded = await loadLabelItem(stem, folder, pack).catch(() => null);
    if (loaded === null) continue;
    const hash = promptHash(loaded.prompt);
    if (wanted.has(hash) && !found.has(hash)) found.set(hash, { stem, graph: loaded.graph });
  }
  return rows.map((row) => ({ ...row, item: found.get(promptHash(row.prompt)) ?? null }));
}

/** All drawings of the data folder, those first that phase 5 says are held out. */
async function stemsToTry(folder: DataFolder): Promise<string[]> {
  const all = existsSync(folder.sampledImages)
    ? await readSampledStems(folder)
    : (await readdir(folder.outputFolder).catch(() => [])).filter(isSafeStem).sort();
  const heldOut = new Set(await heldOutIds(folder));
  return [...all.filter((stem) => heldOut.has(stem)), ...all.filter((stem) => !heldOut.has(stem))];
}

/** Only saves time, so a report of another make is passed over. */
async function heldOutIds({ statsReport }: DataFolder): Promise<unknown[]> {
  try {
    const report = JSON.parse(await readTextFile(statsReport)) as Record<string, unknown>;
    return [report['val_ids'], report['test_ids']].flatMap((ids) =>
      Array.isArray(ids) ? (ids as unknown[]) : [],
    );
  } catch {
    return [];
  }
}
