import { evaluateRubric, isOutsideLabel, withoutCategoryPrefix } from '@arae/floorplan';
import type { OverallGrade, PlanView } from '@arae/floorplan';
import type { IntendedFacts, Room } from './plan-types.ts';

type DecidingFacts = Pick<IntendedFacts, 'structureType' | 'bayCount' | 'hasWindow'>;

/** The grade that the criteria will give to the plan's graph. Used to spread the grades; the graph has the last word. */
export function gradeOf(rooms: readonly Room[], facts: DecidingFacts): OverallGrade {
  return evaluateRubric(viewOf(rooms, facts)).grade;
}

/** The bedroom whose window decides the one must of the criteria. */
export function mainBedroomOf(rooms: readonly Room[]): string | undefined {
  const facts = { structureType: '혼합형', bayCount: 0, hasWindow: [] } as const;
  return evaluateRubric(viewOf(rooms, facts)).mainBedroom?.name;
}

/** What the criteria read of a graph, foretold from the rooms. A space is named by the room's key. */
function viewOf(rooms: readonly Room[], { structureType, bayCount, hasWindow }: DecidingFacts): PlanView {
  const labels = rooms.map(({ text, category }) => text ?? withoutCategoryPrefix(category));
  const isOutside = labels.map(isOutsideLabel);
  const insideArea = rooms.reduce((sum, { area }, i) => sum + (isOutside[i] ? 0 : area), 0);
  const counted = rooms.flatMap((_, i) =>
    isOutside[i] || labels[i] === '기타' ? [] : [hasWindow[i] ?? false],
  );
  const windowless = counted.filter((has) => !has).length;
  return {
    image_name: '',
    statistics: {
      structure_type: structureType,
      bay_count: bayCount,
      space_count: rooms.length,
      inside_space_count: isOutside.filter((outside) => !outside).length,
      room_count: 0,
      bathroom_count: 0,
      balcony_count: 0,
      balcony_ratio: 0,
      windowless_ratio: counted.length === 0 ? 0 : (100 * windowless) / counted.length,
    },
    spaces: rooms.map((room, i) => ({
      name: room.key,
      label: labels[i] as string,
      category: withoutCategoryPrefix(room.category),
      space_type: '',
      is_outside: isOutside[i] as boolean,
      area_ratio: isOutside[i] ? null : Math.round((room.area / insideArea) * 10_000) / 100,
      windows: hasWindow[i] ? ['창호'] : [],
      doors: [],
      objects: [],
      connections: [],
    })),
  };
}
