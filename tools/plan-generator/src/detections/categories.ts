import { CATEGORIES, type CategoryName } from '@arae/floorplan';
import type { RoomKind } from '../plan-types.ts';

const idByName = new Map<CategoryName, number>(CATEGORIES.map(({ id, name }) => [name, id]));

export function categoryIdOf(name: CategoryName): number {
  return idByName.get(name) as number;
}

/** A utility room counts as a balcony and a powder room as a dressing room, as in the real graphs. */
export const CATEGORY_OF_KIND: Readonly<Record<RoomKind, CategoryName>> = {
  living: '공간_거실',
  kitchen: '공간_주방',
  bedroom: '공간_침실',
  bathroom: '공간_화장실',
  entrance: '공간_현관',
  balcony: '공간_발코니',
  utility: '공간_발코니',
  dressing: '공간_드레스룸',
  powder: '공간_드레스룸',
  pantry: '공간_다목적공간',
  closet: '공간_다목적공간',
  alpha: '공간_다목적공간',
  condenser: '공간_실외기실',
  shaft: '공간_기타',
  hall: '공간_엘리베이터홀',
  stairs: '공간_계단실',
  elevator: '공간_엘리베이터',
};
