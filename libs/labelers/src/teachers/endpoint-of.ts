import type { Teacher } from './teacher.ts';

/** Where a teacher is asked, for the journal; nothing for one who is not reached over a network. */
export function endpointOf({ identity }: Pick<Teacher, 'identity'>): { endpoint?: string } {
  const { endpoint } = identity;
  return typeof endpoint === 'string' ? { endpoint } : {};
}
