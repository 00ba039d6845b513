export { JsonlError, type JsonlErrorCode } from './jsonl-error.ts';
export { splitRows, type Split, type SplitOptions } from './split-rows.ts';
export { chatRow, chatRowSchema, type ChatRow } from './chat-row.ts';
export { checkChatRow } from './check-chat-row.ts';
export { toJsonLine } from './to-json-line.ts';
export { readJsonLines, type JsonLine, type ReadJsonLinesOptions } from './read-json-lines.ts';
export { writeJsonLines } from './write-json-lines.ts';
export { auditRows, type AuditOptions, type BadLine, type RowAudit } from './audit-rows.ts';
