/** The text that is searched for in the criteria: structure, bays and bedrooms of a plan. */
export function queryTextOf(statistics: {
  structure_type?: string | undefined;
  bay_count?: number | undefined;
  room_count?: number | undefined;
}): string {
  const { structure_type = '혼합형', bay_count = 0, room_count = 0 } = statistics;
  return `${structure_type} 건축물 ${bay_count}Bay 침실 ${room_count}개`;
}
