import type { JsonlErrorCode } from './jsonl-error.ts';
import { readJsonLines, type ReadJsonLinesOptions } from './read-json-lines.ts';

export interface AuditOptions extends ReadJsonLinesOptions {
  /** Bad lines that are listed; the rest is only counted. Default 100. */
  readonly maxListed?: number;
}

export interface BadLine {
  /** The first line is 1. */
  readonly lineNumber: number;
  /** `invalid` for a line that is JSON but not a valid row. */
  readonly code: JsonlErrorCode | 'invalid';
  /** One line. */
  readonly reason: string;
}

/** Counts of a file of rows; plain JSON. `lines` = `valid` + `broken` + `invalid`. */
export interface RowAudit {
  readonly lines: number;
  readonly valid: number;
  /** Lines that are no JSON. */
  readonly broken: number;
  /** Lines that are JSON but not a valid row. */
  readonly invalid: number;
  /** The first `maxListed` of them. */
  readonly badLines: readonly BadLine[];
}

/**
 * Checks every line of a file of rows, without ever holding more than one of them.
 * @param isValidRow true, or what is wrong with the row in one line (`checkChatRow` is one)
 * @throws JsonlError `unreadable` when the file cannot be read; bad lines are never thrown
 */
export async function auditRows(
  path: string,
  isValidRow: (value: unknown) => true | string,
  options: AuditOptions = {},
): Promise<RowAudit> {
  const { maxListed = 100 } = options;
  const audit = { lines: 0, valid: 0, broken: 0, invalid: 0, badLines: [] as BadLine[] };
  const list = (bad: BadLine) => {
    if (audit.badLines.length < maxListed) audit.badLines.push(bad);
  };
  for await (const line of readJsonLines(path, options)) {
    const { lineNumber } = line;
    audit.lines++;
    if (line.error !== undefined) {
      audit.broken++;
      list({ lineNumber, code: line.error.code, reason: line.error.message });
      continue;
    }
    const verdict = isValidRow(line.value);
    if (verdict === true) {
      audit.valid++;
      continue;
    }
    audit.invalid++;
    list({ lineNumber, code: 'invalid', reason: verdict });
  }
  return audit;
}
