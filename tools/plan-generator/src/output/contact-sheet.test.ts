import { loadImage } from '@napi-rs/canvas';
import { expect, it } from 'vitest';
import { contactSheet } from './contact-sheet.ts';

it('has two places a sheet, four in a row', async () => {
  const image = await loadImage(await contactSheet({ seed: 1, count: 2 }));
  expect({ width: image.width, height: image.height }).toEqual({ width: 4 * 620, height: 440 });
});
