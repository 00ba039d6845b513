import { floorPlanAnalysisSchema, jsonFaultOf, zodFaultOf } from '@arae/floorplan';
import { auditRows, checkChatRow } from '@arae/jsonl';
import type { ChatRow, RowAudit } from '@arae/jsonl';

/** Checks every row of a data set: three messages, and an answer that is a FloorPlanAnalysis. */
export function auditFile(path: string): Promise<RowAudit> {
  return auditRows(path, checkTrainingRow);
}

function checkTrainingRow(row: unknown): true | string {
  const shape = checkChatRow(row);
  if (shape !== true) return shape;
  const answer = (row as ChatRow).messages[2].content;
  let value: unknown;
  try {
    value = JSON.parse(answer);
  } catch (error) {
    return `messages.2.content is no JSON: ${jsonFaultOf(error)}`;
  }
  const parsed = floorPlanAnalysisSchema.safeParse(value);
  if (parsed.success) return true;
  return `messages.2.content is no FloorPlanAnalysis: ${zodFaultOf(parsed.error)}`;
}
