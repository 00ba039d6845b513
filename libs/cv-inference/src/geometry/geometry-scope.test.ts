import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { outlineOf } from '../testing/make-detections.ts';
import { GeometryError } from './geometry-error.ts';
import { GeometryScope } from './geometry-scope.ts';
import { polygonOfOutline } from './polygon-of-outline.ts';
import { splitByLine } from './split-by-line.ts';
import { startGeos } from './start-geos.ts';

const geos = await startGeos();
let scope: GeometryScope;
beforeEach(() => {
  scope = new GeometryScope(geos);
});
afterEach(() => scope.release());

const square = () => polygonOfOutline(scope, outlineOf([0, 0, 10, 10]))!;

describe('polygonOfOutline', () => {
  it('makes a polygon of a ring, closed or not', () => {
    expect(scope.area(square())).toBe(100);
    expect(scope.area(polygonOfOutline(scope, [...outlineOf([0, 0, 10, 10]), 0, 0])!)).toBe(100);
  });

  it.each([
    ['too few points', [0, 0, 5, 5]],
    ['nothing', []],
    ['a missing coordinate', [0, 0, 0, 10, 10, null]],
  ])('has none for %s', (_case, outline) => {
    expect(polygonOfOutline(scope, outline)).toBeUndefined();
  });

  it.each([
    ['a bow tie', [0, 0, 10, 10, 10, 0, 0, 10], 'multi-polygon'],
    ['two squares joined at a corner', [0, 0, 0, 5, 5, 5, 5, 10, 10, 10, 10, 5, 5, 5, 5, 0], 'multi-polygon'],
    ['points on one line', [0, 0, 5, 5, 10, 10], 'line'],
    ['the same point three times', [5, 5, 5, 5, 5, 5], 'point'],
    ['a square with a spike', [0, 0, 0, 10, 10, 10, 20, 10, 10, 10, 10, 0], 'collection'],
  ])('repairs %s', (_case, outline, kind) => {
    expect(scope.kind(polygonOfOutline(scope, outline)!)).toContain(kind);
  });
});

describe('GeometryScope', () => {
  it('leaves the border out of contains', () => {
    expect(scope.contains(square(), scope.point({ x: 5, y: 5 }))).toBe(true);
    expect(scope.contains(square(), scope.point({ x: 0, y: 5 }))).toBe(false);
  });

  it('buffers with 16 segments a quarter circle', () => {
    const circle = scope.buffer(polygonOfOutline(scope, [0, 0, 0, 0, 0, 0])!, 1);
    expect(scope.exteriorRing(circle)).toHaveLength(2 * (4 * 16 + 1));
  });

  it('unites overlapping shapes', () => {
    const united = scope.unionOfAll([square(), scope.polygon([...outlineOf([5, 0, 10, 10]), 5, 0])]);
    expect(scope.area(united)).toBe(150);
    expect(scope.bounds(united)).toEqual({ minX: 0, minY: 0, maxX: 15, maxY: 10 });
  });

  it('throws what GEOS says', () => {
    expect(() => scope.polygon([0, 0, 1, 1, 2, 2])).toThrow(GeometryError);
    expect(() => scope.polygon([0, 0, 1, 1, 2, 2])).toThrow(/^ring failed: .*closed/);
  });
});

describe('splitByLine', () => {
  it('cuts a polygon and leaves holes out', () => {
    const withHole = scope.difference(square(), scope.polygon([...outlineOf([3, 3, 4, 4]), 3, 3]));
    const pieces = splitByLine(scope, withHole, scope.line([5, -1, 5, 11]));
    expect(pieces.map((piece) => scope.area(piece))).toEqual([42, 42]);
  });

  it('refuses other shapes', () => {
    expect(() => splitByLine(scope, scope.line([0, 0, 1, 1]), scope.line([0, 1, 1, 0]))).toThrow(
      GeometryError,
    );
  });
});
