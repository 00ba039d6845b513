import type { FloorPlanAnalysis, Random } from '@arae/floorplan';
import { pick } from '../seeded/pick.ts';
import type { FaultKind } from './faults-schema.ts';

export interface WrittenLabel {
  text: string;
  /** `length`: the text was cut off. */
  finish: 'stop' | 'length';
}

/** The label as the teacher writes it when it meets the fault; the whole label for faults of another sort. */
export function damageLabel(
  analysis: FloorPlanAnalysis,
  fault: FaultKind | 'failAlways' | null,
  random: Random,
): WrittenLabel {
  const whole = JSON.stringify(analysis);
  switch (fault) {
    case 'truncatedJson':
      return {
        text: whole.slice(0, Math.floor(whole.length * (0.3 + 0.4 * random.fraction()))),
        finish: random.integer(2) === 0 ? 'stop' : 'length',
      };
    case 'wrongSchema':
      return { text: JSON.stringify(withoutRequiredKeys(analysis, random)), finish: 'stop' };
    case 'malformedJson':
      return { text: misspelled(whole, random), finish: 'stop' };
    case 'notJson':
      return { text: `도면을 살펴본 결과를 말씀드리겠습니다. ${analysis.summary}`, finish: 'stop' };
    case 'refusal':
    case 'rateLimit':
    case 'rateLimitBare':
    case 'serverError':
    case 'cutConnection':
    case 'failAlways':
    case null:
      return { text: whole, finish: 'stop' };
  }
}

/** Keys for which ARAE's model has no default, so that even the lenient schema refuses what is left. */
const KEYS_WITHOUT_DEFAULT = [
  'structure_type',
  'bay_count',
  'room_count',
  'ventilation_quality',
  'summary',
] as const;

function withoutRequiredKeys(analysis: FloorPlanAnalysis, random: Random): Partial<FloorPlanAnalysis> {
  const dropped = ['compliance', pick(KEYS_WITHOUT_DEFAULT, random)];
  return Object.fromEntries(Object.entries(analysis).filter(([key]) => !dropped.includes(key)));
}

/** Three spellings that are no JSON and that a repair brings back to the same value. */
function misspelled(json: string, random: Random): string {
  switch (random.integer(3)) {
    case 0:
      return `\`\`\`json\n${json}\n\`\`\``;
    case 1:
      return json.replace(/\}$/, ',}');
    default:
      return json.replaceAll(/"(\w+)":/g, "'$1':");
  }
}
