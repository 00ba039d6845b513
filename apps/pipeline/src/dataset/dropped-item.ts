/** Why a drawing made no row, in the order in which it is looked at. */
export const DROP_CODES = [
  'no_graph',
  'no_context',
  'no_label',
  'invalid_label',
  'unreadable',
  'other_prompt',
  'control_token',
  'contradicted',
  'too_long',
] as const;
export type DropCode = (typeof DROP_CODES)[number];

/** A drawing that made no row, and the first reason against it, in one line. */
export interface DroppedItem {
  id: string;
  code: DropCode;
  reason: string;
}

/** How many were dropped for each reason; reasons that did not occur are left out. */
export function countByCode(dropped: readonly DroppedItem[]): Partial<Record<DropCode, number>> {
  return Object.fromEntries(
    DROP_CODES.map((code) => [code, dropped.filter((item) => item.code === code).length] as const).filter(
      ([, count]) => count > 0,
    ),
  );
}
