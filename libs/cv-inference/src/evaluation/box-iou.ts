export type Bbox = readonly [x: number, y: number, width: number, height: number];

/** Area that two boxes share ÷ area that they cover together, 0…1. */
export function boxIou([ax, ay, aw, ah]: Bbox, [bx, by, bw, bh]: Bbox): number {
  const width = Math.min(ax + aw, bx + bw) - Math.max(ax, bx);
  const height = Math.min(ay + ah, by + bh) - Math.max(ay, by);
  if (width <= 0 || height <= 0) return 0;
  const shared = width * height;
  return shared / (aw * ah + bw * bh - shared);
}
