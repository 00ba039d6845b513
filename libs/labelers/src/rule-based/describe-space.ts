import { hasWindow } from '@arae/floorplan';
import type { PlanSpace, SpaceAnalysis } from '@arae/floorplan';
import { withAnd } from './with-and.ts';

/** The analysis of one space: only what the graph says of it. */
export function describeSpace(space: PlanSpace): SpaceAnalysis {
  const connected = space.connections.map(({ to }) => to);
  return {
    space_name: space.name,
    space_type: space.space_type,
    // The graph has no scale, so an area in m² would be invented.
    area_m2: null,
    area_ratio: space.area_ratio,
    has_window: hasWindow(space),
    features: featuresOf(space),
    connected_spaces: connected,
    evaluation_comment: commentOn(space, connected),
  };
}

function featuresOf(space: PlanSpace): string[] {
  const features = [];
  if (space.windows.length > 0) features.push(`창 ${space.windows.length}개`);
  if (space.doors.length > 0) features.push(`문 ${space.doors.length}개`);
  for (const object of new Set(space.objects)) {
    const count = space.objects.filter((other) => other === object).length;
    features.push(count === 1 ? object : `${object} ${count}개`);
  }
  if (space.connections.some(({ by }) => by === 'open')) features.push('문 없이 트인 연결');
  return features;
}

function commentOn(space: PlanSpace, connected: readonly string[]): string {
  if (space.is_outside) {
    return `세대 밖 공용 공간으로 실내 면적에 들지 않는다.${connected.length > 0 ? ` ${withAnd(connected.join(', '))} 이어진다.` : ''}`;
  }
  const size = space.area_ratio === null ? '' : `실내 면적의 ${space.area_ratio}%를 차지한다. `;
  const light = hasWindow(space)
    ? '창이 있어 자연 채광과 환기가 가능하다. '
    : '창이 없어 조명과 기계 환기에 기댄다. ';
  const links =
    connected.length > 0
      ? `${withAnd(connected.join(', '))} 바로 이어진다.`
      : '도면에서 다른 공간과 이어지는 문이나 통로가 확인되지 않는다.';
  return `${size}${light}${links}`;
}
