/** `[x, y, width, height]` of the pixels on the outline, both ends included, as OpenCV's `boundingRect`. */
export function boundsOf(points: readonly number[]): [number, number, number, number] {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let at = 0; at < points.length; at += 2) {
    left = Math.min(left, points[at]!);
    right = Math.max(right, points[at]!);
    top = Math.min(top, points[at + 1]!);
    bottom = Math.max(bottom, points[at + 1]!);
  }
  return [left, top, right - left + 1, bottom - top + 1];
}

/** Area in px² of the polygon through the outline's points; half a pixel short on every side, as OpenCV's `contourArea`. */
export function areaOf(points: readonly number[]): number {
  let doubled = 0;
  let x = points[points.length - 2] ?? 0;
  let y = points[points.length - 1] ?? 0;
  for (let at = 0; at < points.length; at += 2) {
    doubled += x * points[at + 1]! - y * points[at]!;
    x = points[at]!;
    y = points[at + 1]!;
  }
  return Math.abs(doubled) / 2;
}
