/** Different words for one kind of room. */
export interface SynonymGroup {
  /** The standard name of the group. */
  readonly name: string;
  readonly members: readonly string[];
}

/**
 * The service's synonym groups. Their order matters: the first group that fits a label gives its standard name, so a
 * label that several groups fit (`파우더룸` fits 침실 through `룸`) belongs to the earliest.
 */
export const SYNONYM_GROUPS: readonly SynonymGroup[] = [
  { name: '거실', members: ['거실', '리빙', 'living', '리빙룸'] },
  { name: '침실', members: ['침실', '안방', '방', '룸', 'bedroom', 'master'] },
  { name: '주방', members: ['주방', '키친', 'kitchen', '주방/식당', '식당', '주방및식당'] },
  { name: '현관', members: ['현관', '현관홀', '엔트런스', 'entrance'] },
  { name: '발코니', members: ['발코니', '베란다', 'balcony', '서비스발코니'] },
  {
    name: '화장실',
    members: [
      '화장실',
      '욕실',
      'bathroom',
      'toilet',
      'wc',
      'bath',
      '안방욕실',
      '부부욕실',
      '마스터욕실',
      '전용욕실',
      '가족욕실',
    ],
  },
  { name: '실외기룸', members: ['실외기실', '실외기룸', '에어컨실', 'AC실'] },
  { name: '드레스룸', members: ['드레스룸', '드레스실', '옷방', 'wic', '워크인클로짓'] },
  {
    name: '엘리베이터홀',
    members: [
      '엘리베이터홀',
      '엘베홀',
      'EV홀',
      'E/V홀',
      'EL홀',
      '승강기홀',
      'elevator hall',
      '엘리베이터 홀',
      'ELEV.홀',
      '엘리베이터',
      '엘베',
      'EV',
      'E/V',
      'EL',
      '승강기',
      'elevator',
    ],
  },
  { name: '계단실', members: ['계단실', '계단', 'stair', 'stairs', 'stairwell'] },
  { name: '팬트리', members: ['팬트리', '키친팬트리', '식료품실', 'pantry'] },
  { name: '다용도실', members: ['다용도실', '유틸리티', 'utility'] },
  { name: '서재', members: ['서재', '공부방', '작업실', '홈오피스'] },
  { name: '세탁실', members: ['세탁실', '세탁공간', '런드리', 'laundry', '빨래방'] },
];
