import type { RoomKind } from './plan-types.ts';
import type { Dice } from './random.ts';

/** Words written into the rooms, with how often no word is written at all. */
const WORDS: Readonly<
  Record<RoomKind, { readonly words: readonly [string, ...string[]]; readonly silent: number }>
> = {
  living: { words: ['거실', '거실', '거실', '거실', '거실', '리빙룸'], silent: 0.02 },
  kitchen: {
    words: ['주방/식당', '주방/식당', '주방및식당', '주방', '주방 및 식당', '주방 및 식당', '식당/주방'],
    silent: 0.04,
  },
  bedroom: { words: ['침실'], silent: 0.06 },
  bathroom: { words: ['욕실', '욕실', '욕실', '화장실', '가족욕실', '공용욕실'], silent: 0.22 },
  entrance: { words: ['현관'], silent: 0.15 },
  balcony: { words: ['발코니', '발코니', '발코니', '발코니', '베란다', '대피공간'], silent: 0.35 },
  utility: { words: ['다용도실'], silent: 0.15 },
  dressing: { words: ['드레스룸', '드레스룸', '드레스룸', 'W.I.C'], silent: 0.1 },
  powder: { words: ['파우더룸'], silent: 0.15 },
  pantry: { words: ['팬트리', '팬트리', '키친팬트리'], silent: 0.1 },
  closet: { words: ['창고', '붙박이장', '수납장'], silent: 0.35 },
  alpha: { words: ['알파룸', '알파룸', '알파룸', '서재'], silent: 0.1 },
  condenser: { words: ['실외기실'], silent: 0.35 },
  shaft: { words: ['PS'], silent: 1 },
  hall: { words: ['엘리베이터홀', '엘리베이터홀', 'ELEV.홀', 'ELEV.홀', 'EV홀'], silent: 0.45 },
  stairs: { words: ['계단실'], silent: 0.6 },
  elevator: { words: ['엘리베이터'], silent: 0.75 },
};

type BedroomStyle = 'plain' | 'numbered' | '안방' | '부부침실' | '침실(안방)';

export interface Labelled {
  readonly key: string;
  readonly kind: RoomKind;
  readonly isMainBedroom?: boolean;
}

/**
 * One text (or none) for each room, by key. A sheet speaks one language: the same kind has the same word.
 *
 * @param isSpaced whether words of two letters get a blank between them
 */
export function drawLabels(
  dice: Dice,
  rooms: readonly Labelled[],
  isSpaced: boolean,
): Map<string, string | null> {
  const style = dice.weighted<BedroomStyle>([
    ['plain', 40],
    ['numbered', 25],
    ['안방', 18],
    ['부부침실', 10],
    ['침실(안방)', 7],
  ]);
  const words = new Map<RoomKind, string>();
  const texts = new Map<string, string | null>();
  for (const room of rooms) {
    const { words: choices, silent } = WORDS[room.kind];
    const word = words.get(room.kind) ?? dice.pick(choices);
    words.set(room.kind, word);
    texts.set(room.key, dice.chance(silent) ? null : word);
    if (room.kind === 'kitchen' && room.key !== 'kitchen1') texts.set(room.key, '보조주방');
  }
  nameBedrooms(dice, rooms, style, texts);
  nameBathrooms(dice, rooms, style, texts);
  if (isSpaced) {
    for (const [key, text] of texts) if (text?.length === 2) texts.set(key, [...text].join(' '));
  }
  return texts;
}

function nameBedrooms(
  dice: Dice,
  rooms: readonly Labelled[],
  style: BedroomStyle,
  texts: Map<string, string | null>,
): void {
  if (style === 'plain') return;
  const gap = dice.chance(0.3) ? ' ' : '';
  const bedrooms = rooms
    .filter(({ kind }) => kind === 'bedroom')
    .sort((a, b) => Number(b.isMainBedroom ?? false) - Number(a.isMainBedroom ?? false));
  bedrooms.forEach((room, i) => {
    if (texts.get(room.key) === null) return;
    texts.set(room.key, i === 0 && style !== 'numbered' ? style : `침실${gap}${i + 1}`);
  });
}

function nameBathrooms(
  dice: Dice,
  rooms: readonly Labelled[],
  style: BedroomStyle,
  texts: Map<string, string | null>,
): void {
  const bathrooms = rooms.filter(({ kind }) => kind === 'bathroom');
  if (bathrooms.length < 2 || style === 'plain' || dice.chance(0.3)) return;
  bathrooms.forEach((room, i) => {
    if (texts.get(room.key) === null) return;
    const isPrivate = i === bathrooms.length - 1;
    const named = isPrivate ? (style === '안방' ? '안방욕실' : '부부욕실') : '가족욕실';
    texts.set(room.key, style === 'numbered' ? `욕실${i + 1}` : named);
  });
}
