import { chatRowSchema } from './chat-row.ts';

/** A check of rows for `auditRows`: true for a training row, else what is wrong with it, in one line. */
export function checkChatRow(value: unknown): true | string {
  const result = chatRowSchema.safeParse(value);
  if (result.success) return true;
  return result.error.issues
    .map(({ path, message }) => (path.length === 0 ? message : `${path.join('.')}: ${message}`))
    .join('; ');
}
