/**
 * The 23 categories of the detection models, by id. The names are data of the service (they stand in its files), so
 * they stay in Korean.
 */
export const CATEGORIES = [
  { id: 1, name: '공간_다목적공간' },
  { id: 2, name: '공간_엘리베이터홀' },
  { id: 3, name: '공간_계단실' },
  { id: 4, name: '객체_변기' },
  { id: 5, name: '객체_세면대' },
  { id: 6, name: '객체_싱크대' },
  { id: 7, name: '객체_욕조' },
  { id: 8, name: '객체_가스레인지' },
  { id: 9, name: '구조_출입문' },
  { id: 10, name: '구조_창호' },
  { id: 11, name: '구조_벽체' },
  { id: 12, name: 'background' },
  { id: 13, name: '공간_거실' },
  { id: 14, name: '공간_침실' },
  { id: 15, name: '공간_주방' },
  { id: 16, name: '공간_현관' },
  { id: 17, name: '공간_발코니' },
  { id: 18, name: '공간_화장실' },
  { id: 19, name: '공간_실외기실' },
  { id: 20, name: '공간_드레스룸' },
  { id: 21, name: 'OCR' },
  { id: 22, name: '공간_기타' },
  { id: 23, name: '공간_엘리베이터' },
] as const;

export type CategoryId = (typeof CATEGORIES)[number]['id'];
export type CategoryName = (typeof CATEGORIES)[number]['name'];

const nameById = new Map<number, CategoryName>(CATEGORIES.map(({ id, name }) => [id, name]));

/** The name of a category, or undefined for an id outside the table. */
export function categoryNameOf(id: number): CategoryName | undefined {
  return nameById.get(id);
}
