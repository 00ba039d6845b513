import type { Problem } from '../protocols/wire-protocol.ts';

/** Any key is good, except the two that let a test see what a bad one does. Null: the key is accepted. */
export function authenticate(key: string | null): Problem | null {
  if (key === null || key === '') return { kind: 'missing-key' };
  if (key === 'wrong') return { kind: 'wrong-key' };
  return key === 'no-quota' ? { kind: 'no-quota' } : null;
}
