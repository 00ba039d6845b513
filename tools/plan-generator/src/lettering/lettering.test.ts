import { createCanvas, GlobalFonts } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import { fontAt, type FontName } from './fonts.ts';
import { inkOf } from './ink-of.ts';
import { writeText } from './write-text.ts';
import { rect } from '../geometry.ts';

const NAMES: readonly FontName[] = [
  'gothic-regular',
  'gothic-bold',
  'gothic-heavy',
  'plex-light',
  'plex-regular',
  'plex-medium',
  'plex-bold',
  'gowun-regular',
  'dohyeon-regular',
];

describe.each(NAMES)('%s', (name) => {
  it('is loaded under a name of its own', () => {
    expect(fontAt(name, 20)).toBe(`20px "arae ${name}"`);
    expect(GlobalFonts.has(`arae ${name}`)).toBe(true);
  });

  it('has Hangul of its own', () => {
    // A letter that the font lacks would look like any other that it lacks.
    expect(picture(name, '거')).not.toEqual(picture(name, '실'));
    expect(picture(name, '거')).not.toEqual(picture(name, '\u{10ffff}'));
  });

  it('has more ink in larger and in longer texts', () => {
    const [small, large, longer] = [
      inkOf('침실', name, 20),
      inkOf('침실', name, 40),
      inkOf('침실침실', name, 20),
    ];
    const width = ({ left, right }: typeof small) => right - left;
    const height = ({ above, below }: typeof small) => above + below;
    expect(width(large) / width(small)).toBeCloseTo(2, 0);
    expect(height(large) / height(small)).toBeCloseTo(2, 0);
    expect(width(longer)).toBeGreaterThan(1.8 * width(small));
  });

  it('measures all of a text that changes its script', () => {
    for (const text of ['ELEV.홀', '홀 ELEV', '침실2', '알파룸 A동']) {
      const { left, right, above, below } = inkOf(text, name, 40);
      const drawn = inkOnCanvas(name, text, 40);
      for (const [said, seen] of [
        [left, drawn.left],
        [right, drawn.right],
        [above, drawn.above],
        [below, drawn.below],
      ] as const) {
        expect(Math.abs(said - seen)).toBeLessThan(2.5);
      }
    }
  });
});

describe('writeText', () => {
  it('writes upwards when turned: the box changes its sides', () => {
    const text = { text: '발코니', font: 'gothic-regular', size: 30, gray: 0 } as const;
    const canvas = createCanvas(200, 200);
    const context = canvas.getContext('2d');
    writeText(context, rect(0, 0, 200, 200), { ...text, isTurned: true });
    const inked = [...canvas.data()].flatMap((value, i) => (i % 4 === 3 && value > 60 ? [(i - 3) / 4] : []));
    const xs = inked.map((place) => place % 200);
    const ys = inked.map((place) => Math.floor(place / 200));
    expect(Math.max(...ys) - Math.min(...ys)).toBeGreaterThan(2 * (Math.max(...xs) - Math.min(...xs)));
    expect((Math.max(...ys) + Math.min(...ys)) / 2).toBeCloseTo(99.5, -1);
  });
});

function picture(font: FontName, text: string): Buffer {
  const canvas = createCanvas(60, 60);
  writeText(canvas.getContext('2d'), rect(0, 0, 60, 60), { text, font, size: 40, gray: 0 });
  return canvas.data();
}

/** Where ink is seen when the text is written, from the left end of its baseline. */
function inkOnCanvas(name: FontName, text: string, size: number) {
  const [width, height, x, y] = [500, 160, 40, 100];
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  context.font = fontAt(name, size);
  context.fillText(text, x, y);
  const data = context.getImageData(0, 0, width, height).data;
  const inked = Array.from({ length: width * height }, (_, i) => i).filter(
    (i) => (data[4 * i + 3] ?? 0) > 40,
  );
  const xs = inked.map((i) => i % width);
  const ys = inked.map((i) => Math.floor(i / width));
  return {
    left: Math.min(...xs) - x,
    right: Math.max(...xs) + 1 - x,
    above: y - Math.min(...ys),
    below: Math.max(...ys) + 1 - y,
  };
}
