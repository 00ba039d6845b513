import { floorPlanAnalysisSchema, jsonFaultOf, zodFaultOf } from '@arae/floorplan';
import type { FloorPlanAnalysis } from '@arae/floorplan';
import { readTextFile } from '@arae/progress';

export type LabelFile =
  | { state: 'missing' }
  | { state: 'invalid'; isJson: boolean; reason: string }
  | { state: 'valid'; analysis: FloorPlanAnalysis };

/** Reads an `llm_analysis_*.json`; labels may come from elsewhere, so the content is checked. */
export async function readLabel(path: string): Promise<LabelFile> {
  let text: string;
  try {
    text = await readTextFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { state: 'missing' };
    return { state: 'invalid', isJson: false, reason: (error as Error).message };
  }
  return parseLabel(text);
}

/** The same of a text that was read. */
export function parseLabel(text: string): Exclude<LabelFile, { state: 'missing' }> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { state: 'invalid', isJson: false, reason: `no JSON: ${jsonFaultOf(error)}` };
  }
  const parsed = floorPlanAnalysisSchema.safeParse(value);
  if (parsed.success) return { state: 'valid', analysis: parsed.data };
  return { state: 'invalid', isJson: true, reason: zodFaultOf(parsed.error) };
}
