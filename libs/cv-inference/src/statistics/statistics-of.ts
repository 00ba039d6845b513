import { SPACE_TYPES } from '@arae/floorplan';
import type { TopologyStatistics } from '@arae/floorplan';
import { plainNumber, pythonFloat, pythonSum } from '../numbers/spelled-number.ts';
import type { Spelled, SpelledNumber } from '../numbers/spelled-number.ts';
import { pythonRound } from '../numbers/python-round.ts';
import { insideAreaOf } from '../spaces/area-ratio.ts';
import { bayCountOf } from './bay-count.ts';
import type { StatisticsNode } from './statistics-node.ts';
import { structureTypeOf } from './structure-type.ts';

export type SpelledStatistics = Spelled<TopologyStatistics>;

/** The `statistics` of a graph, from its nodes and the size of the drawing. Floats are in Python's spelling. */
export function statisticsOf(
  nodes: readonly StatisticsNode[],
  image: { readonly width: number; readonly height: number },
): SpelledStatistics {
  const inside = nodes.filter(({ is_outside }) => !is_outside);
  const balconies = nodes.filter(isOfCategory('공간_발코니'));
  const insideArea = insideAreaOf(nodes);
  const named = inside.filter(({ label }) => label !== '기타');
  const windowless = named.filter(({ contains }) => contains.structures.windows.length === 0);
  return {
    total_image_area: image.width * image.height,
    total_space_area: areaOf(nodes),
    total_inside_area: insideArea,
    space_count: nodes.length,
    inside_space_count: inside.length,
    room_count: nodes.filter(isOfCategory('공간_침실')).length,
    bathroom_count: nodes.filter(isOfCategory('공간_화장실')).length,
    balcony_count: balconies.length,
    bay_count: bayCountOf(nodes),
    space_type_count: Object.fromEntries(
      SPACE_TYPES.map((type) => [type, nodes.filter(({ space_type }) => space_type === type).length]),
    ),
    structure_type: structureTypeOf(nodes),
    balcony_ratio: percentage(plainNumber(areaOf(balconies)), plainNumber(insideArea)),
    windowless_ratio: percentage(windowless.length, named.length),
  };
}

function isOfCategory(name: string): (node: StatisticsNode) => boolean {
  return ({ category_name }) => category_name === name;
}

function areaOf(nodes: readonly StatisticsNode[]): SpelledNumber {
  return pythonSum(nodes.map(({ area }) => area));
}

/** First the division and then the factor: the other way round, the last binary digit may tip the rounding. */
function percentage(part: number, whole: number): SpelledNumber {
  return pythonFloat(whole === 0 ? 0 : pythonRound((part / whole) * 100));
}
