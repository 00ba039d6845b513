import { z } from 'zod';

const messageOf = <R extends string>(role: R) =>
  z.strictObject({ role: z.literal(role), content: z.string().min(1) });

/** A training row: exactly a system, a user and an assistant message with text, and nothing else. */
export const chatRowSchema = z.strictObject({
  messages: z.tuple([messageOf('system'), messageOf('user'), messageOf('assistant')]),
});

export type ChatRow = z.infer<typeof chatRowSchema>;

/** The row of one conversation; the texts are taken as they are, nothing is trimmed. */
export function chatRow(system: string, user: string, assistantContent: string): ChatRow {
  return {
    messages: [
      { role: 'system', content: system },
      { role: 'user', content: user },
      { role: 'assistant', content: assistantContent },
    ],
  };
}
