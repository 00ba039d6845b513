import type { StructureType } from '@arae/floorplan';
import type { Side } from './geometry.ts';
import { mainBedroomOf } from './grading.ts';
import type { IntendedFacts, Room, WindowOpening } from './plan-types.ts';

/** What the finished plan is meant to be. */
export function factsOf(
  structureType: StructureType,
  front: Side,
  rooms: readonly Room[],
  windows: readonly WindowOpening[],
): IntendedFacts {
  const hasWindow = (room: Room) => windows.some((window) => window.rooms.includes(room.key));
  const hasFrontWindow = (room: Room) =>
    windows.some(
      ({ rooms: keys, axis, at }) =>
        keys.includes(room.key) &&
        axis === 'h' &&
        (front === 'south' ? at >= room.core.y1 : at <= room.core.y0),
    );
  const countOf = (category: Room['category']) => rooms.filter((room) => room.category === category).length;
  const mainKey = mainBedroomOf(rooms);
  const main = rooms.find(({ key }) => key === mainKey);
  return {
    structureType,
    bayCount: 1 + rooms.filter((room) => room.kind === 'bedroom' && hasFrontWindow(room)).length,
    roomCount: countOf('공간_침실'),
    bathroomCount: countOf('공간_화장실'),
    balconyCount: countOf('공간_발코니'),
    mainBedroomHasWindow: main !== undefined && hasWindow(main),
    hasWindow: rooms.map(hasWindow),
  };
}
