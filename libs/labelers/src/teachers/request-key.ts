import { createHash } from 'node:crypto';
import type { Prompt } from '@arae/floorplan';
import type { Teacher } from './teacher.ts';
import type { Turn } from './turn.ts';

/**
 * Names a request: equal keys, equal question. It covers everything that can change the answer, so an answer to another
 * prompt, model, schema or endpoint is never taken for one to this.
 */
export function requestKey(
  teacher: Pick<Teacher, 'identity'>,
  prompt: Prompt,
  turns: readonly Turn[] = [],
): string {
  const texts = turns.map(({ role, text }) => [role, text]);
  return createHash('sha256')
    .update(
      JSON.stringify([
        canonical(teacher.identity),
        prompt.system,
        prompt.user,
        // Nothing at all for the first question, so that its name does not hang on whether there may be more.
        ...(texts.length === 0 ? [] : [texts]),
      ]),
    )
    .digest('hex');
}

/** The value with sorted keys. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (value === null || typeof value !== 'object') return value;
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, item]) => [key, canonical(item)]);
}
