/**
 * Ink amounts (cyan, magenta, yellow, black; 0 = no ink) to RGB in the simple integer way of OpenCV, which knows no
 * colour profiles.
 */
export function rgbOfCmyk(cmyk: Uint8Array): Uint8Array {
  const pixels = cmyk.length >> 2;
  const rgb = new Uint8Array(pixels * 3);
  for (let pixel = 0, from = 0, to = 0; pixel < pixels; pixel += 1, from += 4, to += 3) {
    const light = 255 - (cmyk[from + 3] ?? 0);
    rgb[to] = light - (((cmyk[from] ?? 0) * light) >> 8);
    rgb[to + 1] = light - (((cmyk[from + 1] ?? 0) * light) >> 8);
    rgb[to + 2] = light - (((cmyk[from + 2] ?? 0) * light) >> 8);
  }
  return rgb;
}
