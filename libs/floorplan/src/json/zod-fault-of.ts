import type { z } from 'zod';

/** The first thing that a schema found wrong, as `place.in.the.value: what`, in one line. */
export function zodFaultOf(error: z.ZodError): string {
  const [issue] = error.issues;
  // Names of keys come from the file and may hold line breaks.
  return [issue?.path.join('.'), issue?.message ?? 'does not fit the schema']
    .filter(Boolean)
    .join(': ')
    .replaceAll(/\s+/g, ' ');
}
