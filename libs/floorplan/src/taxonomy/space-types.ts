/** The type of every space outside the dwelling. */
export const OUTSIDE_SPACE_TYPE = '외부공간';

/** The type of a space whose label says nothing known. */
export const UNCLASSIFIED_SPACE_TYPE = '미분류';

/** All space types, in the order in which the statistics count them. */
export const SPACE_TYPES = [
  '기타공간',
  '특화공간',
  '습식공간',
  '공통공간',
  '개인공간',
  OUTSIDE_SPACE_TYPE,
  UNCLASSIFIED_SPACE_TYPE,
] as const;

export type SpaceType = (typeof SPACE_TYPES)[number];

/** The spaces of each type. The order matters: the first type with a fitting entry wins. */
export const SPACES_BY_TYPE: readonly { readonly type: SpaceType; readonly spaces: readonly string[] }[] = [
  { type: '기타공간', spaces: ['대피공간', '실외기룸', '현관', '발코니'] },
  { type: '특화공간', spaces: ['팬트리', '드레스룸', '알파룸', '서재'] },
  { type: '습식공간', spaces: ['주방', '화장실', '세탁실'] },
  { type: '공통공간', spaces: ['거실'] },
  { type: '개인공간', spaces: ['침실', '파우더룸'] },
];

/** Spaces that do not belong to the dwelling. */
export const OUTSIDE_SPACES: readonly string[] = ['엘리베이터홀', '계단실'];
