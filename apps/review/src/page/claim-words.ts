import type { FloorPlanAnalysis } from '@arae/floorplan';
import type { Say, Word } from './words.ts';

const FIELDS: Readonly<Record<string, Word>> = {
  structure_type: 'structure',
  bay_count: 'bays',
  total_spaces: 'allSpaces',
  room_count: 'rooms',
  bathroom_count: 'bathrooms',
  balcony_ratio: 'balconyRatio',
  windowless_ratio: 'windowlessRatio',
  spaces: 'spaces',
  space_name: 'spaceName',
  area_m2: 'area',
  area_ratio: 'areaRatio',
  has_window: 'hasWindow',
  connected_spaces: 'connections',
  compliant_items: 'compliant',
  non_compliant_items: 'nonCompliant',
  overall_grade: 'grade',
};

const VALUES: Readonly<Record<string, Word>> = {
  true: 'yes',
  false: 'no',
  'listed twice': 'listedTwice',
  'the graph has no scale': 'noScale',
  'no such space': 'noSuchSpace',
  'not connected': 'notConnected',
  'all spaces': 'complete',
  'all connections': 'complete',
};

/** Names a place in an analysis in words: `/spaces/0/has_window` is the first space's name and "window". */
export function placeInWords(path: string, { spaces }: FloorPlanAnalysis, say: Say): string {
  const [first, second, third] = path.split('/').slice(1);
  const space = first === 'spaces' ? spaces[Number(second)]?.space_name : undefined;
  const field = (space === undefined ? undefined : third) ?? (first === 'compliance' ? second : first) ?? '';
  const word = Object.hasOwn(FIELDS, field) ? FIELDS[field] : undefined;
  return [space, word === undefined ? field : say(word)].filter((part) => part !== undefined).join(' · ');
}

/** A claim or a fact in words. */
export function valueInWords(value: unknown, say: Say): string {
  if (value === null || value === undefined) return '–';
  if (typeof value === 'object') {
    const { missing, one_of: oneOf } = value as { missing?: readonly string[]; one_of?: readonly string[] };
    if (missing) return `${say('missing')} ${missing.join(', ')}`;
    return oneOf ? `${say('oneOf')} ${oneOf.join(', ')}` : JSON.stringify(value);
  }
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const word = Object.hasOwn(VALUES, text) ? VALUES[text] : undefined;
  return word === undefined ? text : say(word);
}
