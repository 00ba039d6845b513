import { floorPlanAnalysisSchema, jsonFaultOf, zodFaultOf } from '@arae/floorplan';
import type { FloorPlanAnalysis } from '@arae/floorplan';
import { jsonrepair } from 'jsonrepair';
import type { TeacherAnswer } from '../teachers/teacher.ts';
import { findJsonObject } from './find-json-object.ts';
import { withoutThinking } from './without-thinking.ts';

export type ParsedAnswer =
  | { isAccepted: true; analysis: FloorPlanAnalysis; isRepaired: boolean }
  /** `isJson`: it was JSON as it came, but of another shape. */
  | { isAccepted: false; reason: string; isJson: boolean };

/** A hundred times the longest label, in characters. */
const MAX_LABEL_LENGTH = 1_000_000;
/** Ten times the longest label: the repair takes the square of the length for some texts, two seconds for this one. */
const MAX_REPAIRED_LENGTH = 100_000;

/**
 * Interprets an answer: JSON as it is, else after a repair of its punctuation (code fences, quotes, commas), then the schema.
 * A pure function of the answer, so that labels can be made again from the journal at any time.
 */
export function parseAnswer(answer: Pick<TeacherAnswer, 'text' | 'refusal' | 'isCut'>): ParsedAnswer {
  if (answer.refusal !== null) return rejected(`refused: ${answer.refusal}`, false);
  if (answer.isCut) return rejected('cut off at the output limit', false);
  if (answer.text.trim() === '') return rejected('empty answer', false);
  const text = withoutThinking(answer.text);
  if (text.trim() === '') return rejected('nothing but thinking', false);
  if (text.length > MAX_LABEL_LENGTH) return rejected('longer than any label', false);
  const read = readJson(text);
  if ('reason' in read) return rejected(read.reason, false);
  const parsed = floorPlanAnalysisSchema.safeParse(read.value);
  if (parsed.success) return { isAccepted: true, analysis: parsed.data, isRepaired: read.isRepaired };
  return rejected(`another shape than asked: ${zodFaultOf(parsed.error)}`, !read.isRepaired);
}

function readJson(text: string): { value: unknown; isRepaired: boolean } | { reason: string } {
  try {
    return { value: JSON.parse(text), isRepaired: false };
  } catch (error) {
    const noJson = { reason: `no JSON: ${jsonFaultOf(error)}` };
    const span = findJsonObject(text);
    if (span === null) return noJson;
    if (span.end === null) return { reason: 'the JSON breaks off' };
    // More JSON behind the object means that it was closed too early: what follows must not be dropped in silence.
    if (/[{}[\]"]/.test(text.slice(span.end))) return { reason: 'the JSON goes on behind its end' };
    if (text.length > MAX_REPAIRED_LENGTH) return { reason: `${noJson.reason}, and too long to be repaired` };
    try {
      return { value: JSON.parse(jsonrepair(text.slice(span.start, span.end))), isRepaired: true };
    } catch {
      return noJson;
    }
  }
}

function rejected(reason: string, isJson: boolean): ParsedAnswer {
  return { isAccepted: false, reason, isJson };
}
