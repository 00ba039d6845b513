import type { Drawing } from '../images/drawing.ts';

/** A drawing whose every pixel is computed. */
export function makeDrawing(
  width: number,
  height: number,
  colourAt: (x: number, y: number) => readonly [red: number, green: number, blue: number],
): Drawing {
  const rgb = new Uint8Array(width * height * 3);
  for (let y = 0, at = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, at += 3) rgb.set(colourAt(x, y), at);
  }
  return { width, height, rgb };
}

/** The same numbers in 0…1 for the same seed, for tests over many made-up inputs. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
