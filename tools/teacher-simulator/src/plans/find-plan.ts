import { planViewSchema } from '@arae/floorplan';
import type { PlanView } from '@arae/floorplan';
import type { Turn } from '../protocols/wire-protocol.ts';
import { jsonObjectsIn } from './json-objects-in.ts';
import { legacyPlan } from './legacy-plan.ts';

export interface FoundPlan {
  view: PlanView;
  /** Index of the turn that shows it. */
  turn: number;
}

/**
 * The plan a conversation is about: the first one in the last user message that holds one, so that neither an example
 * before it nor a follow-up question behind it hides it. Null when there is none.
 */
export function findPlan(turns: readonly Turn[]): FoundPlan | null {
  for (let turn = turns.length - 1; turn >= 0; turn--) {
    const { role, text } = turns[turn] as Turn;
    const view = role === 'user' ? planIn(text) : null;
    if (view !== null) return { view, turn };
  }
  return null;
}

function planIn(text: string): PlanView | null {
  for (const value of jsonObjectsIn(text, (json) => json.includes('"statistics"'))) {
    const view = planViewSchema.safeParse(value);
    if (view.success) return view.data;
    const legacy = legacyPlan(value);
    if (legacy !== null) return legacy;
  }
  return null;
}
