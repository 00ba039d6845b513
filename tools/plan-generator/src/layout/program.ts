import type { StructureType } from '@arae/floorplan';
import type { Dice } from '../random.ts';

/** How the kitchen lies to the living room; this decides the structure type. */
export type KitchenVariant =
  /** Opposite the living room's front, window to the back: 판상형. */
  | 'back'
  /** At the end of the house, window to the side: 혼합형. */
  | 'side'
  /** Living room at the corner with windows on two axes: 타워형. */
  | 'corner'
  /** Without a window: 타워형. */
  | 'windowless'
  /** Beside the living room, both to the front: 타워형. */
  | 'front';

export type FrontBalcony = 'none' | 'living' | 'pair' | 'full';

/** What a plan shall have. Lengths are in metres. */
export interface Program {
  readonly structureType: StructureType;
  readonly kitchen: KitchenVariant;
  /** Bedrooms in the front row; a bay each. */
  readonly frontBedrooms: number;
  /** How many of them stand left of the living room. */
  readonly leftRooms: 0 | 1 | 2;
  readonly backBedrooms: number;
  /** A bathroom, a dressing room, a powder room reached from the main bedroom. */
  readonly ensuite: { readonly bathroom: boolean; readonly dressing: boolean; readonly powder: boolean };
  readonly pantry: boolean;
  readonly closet: boolean;
  readonly alpha: boolean;
  readonly utility: boolean;
  readonly condenser: boolean;
  readonly secondKitchen: boolean;
  readonly frontBalcony: FrontBalcony;
  readonly backBalcony: boolean;
  readonly shafts: boolean;
  /** No wall between entrance and living room. */
  readonly openEntrance: boolean;
  /** Stairs and lift outside the flat. */
  readonly core: boolean;
  readonly mainBedroomHasWindow: boolean;
  /** How likely a small room at an outer wall gets a window. */
  readonly smallRoomWindows: number;
  /** How much larger or smaller than usual the living column is. */
  readonly livingScale: number;
  /** The same for dressing rooms and other storage. */
  readonly storageScale: number;
}

const KITCHENS: Record<StructureType, readonly (readonly [KitchenVariant, number])[]> = {
  판상형: [['back', 1]],
  혼합형: [['side', 1]],
  타워형: [
    ['corner', 5],
    ['windowless', 4],
    ['front', 3],
  ],
};

export interface DrawProgramParams {
  readonly structureType: StructureType;
  readonly mainBedroomHasWindow: boolean;
}

export function drawProgram(dice: Dice, { structureType, mainBedroomHasWindow }: DrawProgramParams): Program {
  const kitchen = dice.weighted(KITCHENS[structureType]);
  const bays = dice.weighted([
    [2, 16],
    [3, 36],
    [4, 34],
    [5, 14],
  ]);
  // A main bedroom without a window is no bay, so the front row holds one more where that is possible.
  const frontBedrooms = Math.min(4, bays - 1 + (mainBedroomHasWindow ? 0 : 1));
  const leftRooms = drawLeftRooms(dice, kitchen, frontBedrooms);
  const large = frontBedrooms >= 3;
  const dressing = dice.chance(0.62);
  const rich = dice.chance(0.4);
  return {
    structureType,
    kitchen,
    frontBedrooms,
    leftRooms,
    backBedrooms: drawBackBedrooms(dice, frontBedrooms),
    ensuite: { bathroom: dice.chance(large ? 0.8 : 0.6), dressing, powder: dressing && dice.chance(0.3) },
    pantry: dice.chance(rich ? 0.7 : 0.25),
    closet: dice.chance(rich ? 0.4 : 0.15),
    alpha: dice.chance(rich ? 0.4 : 0.06),
    utility: dice.chance(0.65),
    condenser: dice.chance(0.5),
    secondKitchen: dice.chance(0.06),
    frontBalcony: dice.weighted<FrontBalcony>([
      ['none', 40],
      ['living', 15],
      ['pair', 20],
      ['full', 25],
    ]),
    backBalcony: dice.chance(0.4),
    shafts: dice.chance(0.5),
    openEntrance: dice.chance(0.3),
    core: dice.chance(0.65),
    mainBedroomHasWindow,
    smallRoomWindows: dice.weighted([
      [0, 3],
      [0.5, 3],
      [0.95, 4],
    ]),
    livingScale: dice.number(0.86, 1.2),
    storageScale: rich ? dice.number(1.05, 1.4) : dice.number(0.8, 1.1),
  };
}

function drawLeftRooms(dice: Dice, kitchen: KitchenVariant, frontBedrooms: number): 0 | 1 | 2 {
  if (kitchen === 'side' || kitchen === 'corner') return 0;
  if (frontBedrooms === 1) return 1;
  if (frontBedrooms === 4 && kitchen !== 'front') return dice.pick([1, 2]);
  return dice.weighted([
    [0, 1],
    [1, 4],
  ]);
}

function drawBackBedrooms(dice: Dice, frontBedrooms: number): number {
  if (frontBedrooms === 1) return dice.weighted([[1, 5], [2, 3]]); // prettier-ignore
  if (frontBedrooms === 2) return dice.weighted([[0, 3], [1, 6], [2, 2]]); // prettier-ignore
  return dice.weighted([[0, 6], [1, frontBedrooms === 3 ? 5 : 2]]); // prettier-ignore
}
