import { createHash } from 'node:crypto';
import { controlTokenIn, planViewOf, structureKey } from '@arae/floorplan';
import type { PromptPack } from '@arae/floorplan';
import { chatRow, minHash, toJsonLine } from '@arae/jsonl';
import type { RowTexts } from '@arae/jsonl';
import { promptHash } from '@arae/labelers';
import type { LabelItem } from '@arae/labelers';
import { readTextFileSync } from '@arae/progress';
import { findContradictions } from '@arae/quality-metrics';
import type { DataFolder } from '../data-folder.ts';
import type { LabelCalls } from '../phases/label-calls.ts';
import { makeLabelItem } from '../phases/load-label-item.ts';
import { parseLabel } from '../phases/read-label.ts';
import type { DroppedItem, DropCode } from './dropped-item.ts';
import type { RowFacts } from './row-facts.ts';

/** Where rows come from, and what is asked of them. */
export interface RowSource {
  winner: string;
  folder: DataFolder;
  pack: PromptPack;
  /** Null for labels that were not made here. */
  calls: LabelCalls | null;
  /** Severe contradictions that a row may have; null: any number. */
  maxContradictions: number | null;
}

/** What the text of a row says at once; its tokens are counted elsewhere. */
export type ReadFacts = Omit<RowFacts, 'spooled' | 'tokens' | 'answerTokens'>;

export type ReadRow = { dropped: DroppedItem } | { line: Buffer; texts: RowTexts; facts: ReadFacts };

/**
 * The row of one drawing as a line without its line break, or why there is none. Reads without waiting: many small reads by the threads
 * of Node take twice the time, and leave its memory in pieces.
 */
export function readRow(id: string, source: RowSource): ReadRow {
  const { winner, folder, pack, calls, maxContradictions } = source;
  const drop = (code: DropCode, reason: string): ReadRow => ({ dropped: { id, code, reason } });

  const graphText = readIfThere(folder.graph(id));
  if (graphText === null) return drop('no_graph', 'no topology graph');
  const contextText = readIfThere(folder.context(id));
  if (contextText === null) return drop('no_context', 'no context');
  const labelText = readIfThere(folder.label(id, winner));
  if (labelText === null) return drop('no_label', `no label of ${winner}`);
  for (const text of [graphText, contextText, labelText]) {
    if (text instanceof Error) return drop('unreadable', text.message.replace(/\s+/g, ' '));
  }
  const label = parseLabel(labelText as string);
  if (label.state === 'invalid') {
    return drop('invalid_label', `invalid label of ${winner}: ${label.reason}`);
  }
  let item: LabelItem;
  try {
    item = makeLabelItem(
      id,
      { graphText: graphText as string, contextText: contextText as string },
      folder,
      pack,
    );
  } catch (error) {
    return drop('unreadable', (error as Error).message.replace(/\s+/g, ' '));
  }
  const { prompt, graph } = item;
  const call = calls?.items[id];
  // A row must hold the very question that its answer was given to.
  if (call !== undefined && call.promptHash !== promptHash(prompt)) {
    return drop('other_prompt', `the label of ${winner} was made for another prompt: run phase3 again`);
  }
  const { analysis } = label;
  const answer = JSON.stringify(analysis);
  for (const text of [prompt.system, prompt.user, answer]) {
    const token = controlTokenIn(text);
    if (token !== null) return drop('control_token', `its text holds ${token}, which the model would obey`);
  }
  const found = findContradictions(analysis, graph);
  const severe = found.filter(({ severity }) => severity === 'severe').length;
  if (maxContradictions !== null && severe > maxContradictions) {
    return drop(
      'contradicted',
      `its graph denies ${severe === 1 ? 'a weighty claim' : `${severe} weighty claims`} of the label`,
    );
  }

  const view = planViewOf(graph);
  const withoutName = (text: string) => text.replaceAll(view.image_name, '');
  const line = Buffer.from(toJsonLine(chatRow(prompt.system, prompt.user, answer)), 'utf8');
  return {
    line,
    texts: { ...prompt, answer },
    facts: {
      id,
      structure: structureKey(graph),
      // What the rows of all drawings share (instructions, criteria) would make them all alike.
      signature: minHash(withoutName(JSON.stringify(view)), withoutName(answer)),
      sha256: createHash('sha256').update(line).digest('hex'),
      characters: prompt.system.length + prompt.user.length + answer.length,
      grade: analysis.compliance?.overall_grade ?? 'none',
      structureType: analysis.structure_type,
      bayCount: analysis.bay_count,
      contradictions: { severe, minor: found.length - severe },
    },
  };
}

/** Null for a file that is not there. */
function readIfThere(path: string): string | Error | null {
  try {
    return readTextFileSync(path);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? null : (error as Error);
  }
}
