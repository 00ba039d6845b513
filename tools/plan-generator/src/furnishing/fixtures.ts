import { boundsOf, overlap, rect, type Rect, type Side } from '../geometry.ts';
import type { DoorOpening, Fixture, FixtureCategory, Room, WindowOpening } from '../plan-types.ts';
import type { Dice } from '../random.ts';

/** Metres: along the wall that it stands at, and away from it. */
interface FixtureSize {
  readonly along: number;
  readonly deep: number;
}

const SIZES: Readonly<Record<FixtureCategory, FixtureSize>> = {
  객체_변기: { along: 0.44, deep: 0.7 },
  객체_세면대: { along: 0.55, deep: 0.46 },
  객체_욕조: { along: 1.5, deep: 0.72 },
  객체_싱크대: { along: 0.9, deep: 0.5 },
  객체_가스레인지: { along: 0.62, deep: 0.52 },
};

const GAP = 6;

export interface FurnishParams {
  readonly dice: Dice;
  readonly rooms: readonly Room[];
  readonly doors: readonly DoorOpening[];
  readonly windows: readonly WindowOpening[];
  readonly walls: readonly Rect[];
  readonly halfWall: number;
  readonly px: (metres: number) => number;
}

/** Puts toilets, basins, tubs, sinks and ranges at the walls of their rooms, clear of doors and of each other. */
export function furnish(params: FurnishParams): Fixture[] {
  const { dice, rooms, doors, windows, walls, px } = params;
  const fixtures: Fixture[] = [];
  const taken = doors.map(({ outline }) => boundsOf(outline));
  const backing = [...walls, ...windows.map(({ outline }) => boundsOf(outline))];
  for (const room of rooms) {
    for (const category of fixturesOf(dice, room, px)) {
      const fixture = placed(params, room, category, taken, backing);
      if (!fixture) continue;
      fixtures.push(fixture);
      taken.push(fixture.box);
    }
  }
  return fixtures;
}

function fixturesOf(dice: Dice, { kind, core }: Room, px: (metres: number) => number): FixtureCategory[] {
  if (kind === 'kitchen') return ['객체_싱크대', '객체_가스레인지'];
  if (kind === 'powder') return ['객체_세면대'];
  if (kind !== 'bathroom') return [];
  const isLong = Math.max(core.x1 - core.x0, core.y1 - core.y0) > px(2.1);
  return [...(isLong && dice.chance(0.6) ? (['객체_욕조'] as const) : []), '객체_변기', '객체_세면대'];
}

function placed(
  { dice, halfWall, px }: FurnishParams,
  { core }: Room,
  category: FixtureCategory,
  taken: readonly Rect[],
  backing: readonly Rect[],
): Fixture | undefined {
  const { along, deep } = SIZES[category];
  const scale = dice.number(0.88, 1.12);
  for (let attempt = 0; attempt < 24; attempt++) {
    const back = dice.pick<Side>(['north', 'south', 'east', 'west']);
    const isHorizontal = back === 'north' || back === 'south';
    const width = px((isHorizontal ? along : deep) * scale);
    const height = px((isHorizontal ? deep : along) * scale);
    const slackX = core.x1 - core.x0 - width - 2 * GAP;
    const slackY = core.y1 - core.y0 - height - 2 * GAP;
    if (slackX < 0 || slackY < 0) continue;
    const x = core.x0 + GAP + (isHorizontal ? dice.integer(0, slackX) : back === 'west' ? 0 : slackX);
    const y = core.y0 + GAP + (isHorizontal ? (back === 'north' ? 0 : slackY) : dice.integer(0, slackY));
    const box = rect(x, y, x + width, y + height);
    const isFree = !taken.some((other) => overlap(other, box));
    if (isFree && backing.some((wall) => overlap(wall, behind(box, back, halfWall))))
      return { category, box, back };
  }
  return undefined;
}

/** The strip behind a fixture where there must be a wall or a window. */
function behind({ x0, y0, x1, y1 }: Rect, back: Side, halfWall: number): Rect {
  const reach = GAP + 2 * halfWall;
  return {
    north: rect(x0, y0 - reach, x1, y0 - GAP),
    south: rect(x0, y1 + GAP, x1, y1 + reach),
    west: rect(x0 - reach, y0, x0 - GAP, y1),
    east: rect(x1 + GAP, y0, x1 + reach, y1),
  }[back];
}
