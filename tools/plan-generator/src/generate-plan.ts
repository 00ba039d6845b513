import type { OverallGrade, StructureType } from '@arae/floorplan';
import { detectionsOf } from './detections/detections-of.ts';
import { factsOf } from './facts.ts';
import { furnish } from './furnishing/fixtures.ts';
import { placeTexts } from './furnishing/texts.ts';
import { ringHolds, type Point } from './geometry.ts';
import { gradeOf, mainBedroomOf } from './grading.ts';
import { drawLabels } from './labels.ts';
import { bordersOf } from './layout/grid.ts';
import type { WallDepths } from './layout/wall-faces.ts';
import { layOut } from './layout/lay-out.ts';
import { placeDraft, type PlacedDraft } from './layout/place-draft.ts';
import { drawProgram, type DrawProgramParams, type Program } from './layout/program.ts';
import { standsInRoom } from './layout/stands-in-room.ts';
import { wallsOf } from './layout/walls.ts';
import { drawLettering, type Lettering } from './lettering/lettering.ts';
import { planStem } from './naming.ts';
import { placeDoors } from './openings/doors.ts';
import { meetsStranger } from './openings/meets-stranger.ts';
import { isBetween, settlePassages } from './openings/settle-passages.ts';
import { WallSpace } from './openings/wall-space.ts';
import { placeWindows } from './openings/windows.ts';
import type { DrawingFamily, Plan, Room, Sheet } from './plan-types.ts';
import { createDice, type Dice } from './random.ts';

export interface GeneratePlanParams {
  /** Any 32-bit whole number. */
  readonly seed: number;
  /** Which plan of this seed: 0, 1, 2 … */
  readonly index: number;
}

const TYPE_WEIGHTS: readonly (readonly [StructureType, number])[] = [
  ['판상형', 46],
  ['타워형', 30],
  ['혼합형', 24],
];

/** How often each grade of the criteria is aimed at. Only a 판상형 can be ventilated well enough for the best. */
const GRADE_WEIGHTS: Record<StructureType, readonly (readonly [OverallGrade, number])[]> = {
  판상형: [['최우수', 38], ['우수', 22], ['보통', 33], ['미흡', 18], ['불합격', 9]], // prettier-ignore
  타워형: [['우수', 18], ['보통', 41], ['미흡', 32], ['불합격', 9]], // prettier-ignore
  혼합형: [['우수', 18], ['보통', 44], ['미흡', 29], ['불합격', 9]], // prettier-ignore
};

/** Layouts tried for the wished grade before a plan of another grade is taken. */
const ATTEMPTS = 150;

/**
 * One plan with its detections. It depends on its two arguments only.
 *
 * @throws RangeError when seed or index is not a whole number or the index is negative.
 */
export function generatePlan({ seed, index }: GeneratePlanParams): Plan {
  if (!Number.isInteger(seed)) throw new RangeError(`the seed must be a whole number, not ${seed}`);
  if (!Number.isInteger(index) || index < 0)
    throw new RangeError(`the index must be 0 or more, not ${index}`);
  const dice = createDice(seed, index);
  const sheet = { width: dice.integer(4961, 4963), height: 3508 };
  const family = dice.pick(['cad', 'shaded']);
  const look = { sheet, family, lettering: drawLettering(dice, family) };
  const structureType = dice.weighted(TYPE_WEIGHTS);
  const wished = dice.weighted(GRADE_WEIGHTS[structureType]);
  const wish = { structureType, mainBedroomHasWindow: wished !== '불합격' };
  let secondBest: BuiltHouse | undefined;
  for (let attempt = 0; attempt < ATTEMPTS || !secondBest; attempt++) {
    if (attempt > 100 * ATTEMPTS) throw new Error(`no layout found for plan ${index} of seed ${seed}`);
    const house = buildHouse(dice, look, wish);
    if (!house) continue;
    if (gradeOf(house.rooms, house.facts) === wished) return finished(dice, { seed, index }, look, house);
    secondBest ??= house;
  }
  return finished(dice, { seed, index }, look, secondBest);
}

/** What is settled before the house. */
interface Look {
  readonly sheet: Sheet;
  readonly family: DrawingFamily;
  readonly lettering: Lettering;
}

type BuiltHouse = NonNullable<ReturnType<typeof buildHouse>>;

/** Tries one layout; undefined when it does not work out (a door finds no wall, a room is too narrow …). */
function buildHouse(dice: Dice, { sheet, family, lettering }: Look, wish: DrawProgramParams) {
  const pixelsPerMetre = family === 'cad' && dice.chance(0.7) ? 118 : dice.number(108, 150);
  const px = (metres: number) => Math.round(metres * pixelsPerMetre);
  const depths = drawWallDepths(dice, family);
  const { halfWall } = depths;
  const program = drawProgram(dice, wish);
  const draft = placeDraft(dice, layOut(dice, program, px), sheet);
  const borders = draft && bordersOf(draft.rooms);
  if (!draft || !borders) return undefined;
  if (!draft.open.every((pair) => borders.some((border) => isBetween(border, pair)))) return undefined;
  const passages = settlePassages(draft, borders, depths, drawLabels(dice, draft.rooms, lettering.isSpaced));
  if (!passages) return undefined;
  const { rooms, closed, doored } = passages;
  if (passages.open.some((pair) => overlapAtPassage(rooms, pair))) return undefined;

  const wholeWalls = wallsOf(closed, draft.rooms, [], depths);
  if (standsInRoom(wholeWalls, rooms)) return undefined;
  const space = new WallSpace({ clearance: px(0.1), depths, walls: wholeWalls });
  const context = { dice, rooms, borders: closed, space, px };
  const windowless = wish.mainBedroomHasWindow ? undefined : mainBedroomOf(rooms);
  const { smallRoomWindows } = program;
  const windows = placeWindows({ ...context, rooms: draft.rooms, windowless, smallRoomWindows });
  const doors =
    windows && placeDoors({ ...context, drafts: draft.rooms, windows, doored, front: draft.front });
  if (!doors || meetsStranger([...doors, ...windows], draft.rooms, halfWall)) return undefined;

  const walls = wallsOf(closed, draft.rooms, [...doors, ...windows], depths);
  const facts = factsOf(program.structureType, draft.front, rooms, windows);
  if (!isWithinBounds(program, draft, facts)) return undefined;
  return { pixelsPerMetre, px, ...depths, rooms, walls, windows, doors, facts };
}

/** Where a passage ends in a corner of walls, its two outlines may reach into each other by a hand's breadth. */
function overlapAtPassage(rooms: readonly Room[], keys: readonly [string, string]): boolean {
  const [a, b] = keys.map((key) => rooms.find((room) => room.key === key)?.outline ?? []);
  const reaches = (from: readonly Point[] = [], into: readonly Point[] = []) =>
    from.some(({ x, y }) =>
      // A pixel off in every direction: corners that only touch are inside for some at most.
      [-1, 1].every((dx) => [-1, 1].every((dy) => ringHolds(into, { x: x + dx, y: y + dy }))),
    );
  return reaches(a, b) || reaches(b, a);
}

/** Outer walls of line drawings hold concrete and insulation; those of presentation plans are seldom so thick. */
function drawWallDepths(dice: Dice, family: DrawingFamily): WallDepths {
  const isHeavy = family === 'shaded' && dice.chance(0.25);
  const halfWall =
    family === 'cad' ? dice.integer(6, 11) : isHeavy ? dice.integer(9, 15) : dice.integer(7, 10);
  const outer =
    family === 'cad' ? dice.integer(30, 54) : isHeavy ? dice.integer(32, 62) : dice.integer(17, 32);
  return { halfWall, outerExtra: Math.max(0, outer - 2 * halfWall) };
}

function isWithinBounds(
  program: Program,
  { rooms }: PlacedDraft,
  { bayCount, roomCount, bathroomCount, mainBedroomHasWindow }: ReturnType<typeof factsOf>,
): boolean {
  return (
    bayCount >= 2 &&
    bayCount <= 5 &&
    roomCount >= 2 &&
    roomCount <= 5 &&
    bathroomCount >= 1 &&
    bathroomCount <= 2 &&
    mainBedroomHasWindow === program.mainBedroomHasWindow &&
    rooms.length <= 28
  );
}

function finished(dice: Dice, { seed, index }: GeneratePlanParams, look: Look, house: BuiltHouse): Plan {
  const { pixelsPerMetre, px, halfWall, outerExtra, rooms, walls, windows, doors, facts } = house;
  const fixtures = furnish({ dice, rooms, doors, windows, walls, halfWall, px });
  const stem = planStem(seed, index);
  const plan = {
    seed,
    index,
    fileName: `${stem}.PNG`,
    stem,
    ...look,
    pixelsPerMetre,
    halfWall,
    outerExtra,
    tilt: dice.chance(0.2) ? dice.number(-0.004, 0.004) : 0,
    rooms,
    walls,
    doors,
    windows,
    fixtures,
    texts: placeTexts({ dice, rooms, lettering: look.lettering, doors, fixtures }),
  };
  return { ...plan, facts, detections: detectionsOf(plan, dice) };
}
