import type { DrawingFamily } from '../plan-types.ts';
import type { Dice } from '../random.ts';
import type { FontName } from './fonts.ts';

/** How the labels of a sheet are written. */
export interface Lettering {
  readonly font: FontName;
  /** Size of the font in pixels; Hangul is about nine tenths of it high. */
  readonly size: number;
  /** A frame around each label. */
  readonly isBoxed: boolean;
  /** Two-letter words with a blank between: "거 실". */
  readonly isSpaced: boolean;
}

const FONTS: Record<DrawingFamily, readonly (readonly [FontName, number])[]> = {
  cad: [
    ['gothic-regular', 6],
    ['plex-light', 2],
    ['plex-regular', 4],
    ['gowun-regular', 3],
    ['gothic-bold', 1],
  ],
  shaded: [
    ['gothic-bold', 5],
    ['gothic-heavy', 3],
    ['plex-medium', 2],
    ['plex-bold', 4],
    ['dohyeon-regular', 2],
    ['gothic-regular', 1],
  ],
};

export function drawLettering(dice: Dice, family: DrawingFamily): Lettering {
  const isCad = family === 'cad';
  const isBoxed = dice.chance(isCad ? 0.85 : 0.2);
  return {
    font: dice.weighted(FONTS[family]),
    size: isCad ? dice.integer(29, 38) : isBoxed ? dice.integer(22, 30) : dice.integer(30, 54),
    isBoxed,
    isSpaced: dice.chance(isCad ? 0.4 : 0.1),
  };
}
