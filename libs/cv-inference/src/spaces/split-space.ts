import type { LabelReading } from '@arae/floorplan';
import type { SpaceAnnotation, TextAnnotation } from '../detections/detections.ts';
import type { Located } from '../detections/needed.ts';
import type { Geometry, GeometryScope, Point } from '../geometry/geometry-scope.ts';
import { GeometryError } from '../geometry/geometry-error.ts';
import { splitByLine } from '../geometry/split-by-line.ts';
import { pythonFloat } from '../numbers/spelled-number.ts';
import { truncate } from '../numbers/truncate.ts';
import { labelsToSeparate } from './labels-to-separate.ts';
import { shapeOf } from './shape.ts';
import type { Shape } from './shape.ts';
import { textsIn } from './texts-in.ts';

/** Pieces below this area are slivers, in px². */
const SMALLEST_PIECE = 1_000;
/** How much is cut away on each side of a splitting wall, in px. */
const WALL_MARGIN = 2;
/** How far a cutting line reaches beyond the space, in px; any positive length cuts alike. */
const LINE_OVERHANG = 10;

/** How spaces are split. */
export interface SplitRules {
  readonly reading: Pick<LabelReading, 'areSynonyms'>;
  /** Split until every piece holds one room, and try every wall; otherwise once, by the first wall only. */
  readonly isThorough: boolean;
}

/**
 * A space that holds two rooms by its texts, cut into pieces: along a wall between the two texts, else half way
 * between them. All other spaces stay whole.
 */
export function splitSpace(
  scope: GeometryScope,
  space: Shape<SpaceAnnotation>,
  texts: readonly Located<TextAnnotation>[],
  walls: readonly Geometry[],
  rules: SplitRules,
): Shape<SpaceAnnotation>[] {
  const labels = labelsToSeparate(textsIn(scope, space, texts), rules.reading);
  const { polygon } = space;
  if (labels === undefined || polygon === undefined) return [space];
  const pieces =
    piecesOrNone(() => cutByWall(scope, polygon, walls, labels, rules)) ??
    piecesOrNone(() => largeOnes(scope, cutHalfWay(scope, polygon, labels)));
  if (pieces === undefined) return [space];
  const spaces = pieces.map((piece) => spaceOfPiece(scope, space, piece));
  // Ends because every cut makes two pieces of a least size.
  return rules.isThorough ? spaces.flatMap((piece) => splitSpace(scope, piece, texts, walls, rules)) : spaces;
}

/** The pieces of a cut, if there are two at least; an operation that GEOS refuses gives none. */
function piecesOrNone(cut: () => Geometry[]): Geometry[] | undefined {
  try {
    const pieces = cut();
    return pieces.length >= 2 ? pieces : undefined;
  } catch (error) {
    if (error instanceof GeometryError) return undefined;
    throw error;
  }
}

function largeOnes(scope: GeometryScope, pieces: readonly Geometry[]): Geometry[] {
  return pieces.filter((piece) => scope.area(piece) >= SMALLEST_PIECE);
}

/** Only the first wall between the labels is tried, even if it does not cut the space; thoroughly, all are. */
function cutByWall(
  scope: GeometryScope,
  polygon: Geometry,
  walls: readonly Geometry[],
  labels: readonly [Point, Point],
  { isThorough }: SplitRules,
): Geometry[] {
  for (const wall of walls) {
    if (!isWallBetween(scope, polygon, wall, labels)) continue;
    const rest = scope.difference(polygon, scope.buffer(wall, WALL_MARGIN));
    const pieces = largeOnes(
      scope,
      scope.parts(rest).filter((part) => scope.kind(part) === 'polygon'),
    );
    if (!isThorough || pieces.length >= 2) return pieces;
  }
  return [];
}

/** True for a wall that meets the polygon and whose centroid lies between the labels, in x or in y. */
function isWallBetween(
  scope: GeometryScope,
  polygon: Geometry,
  wall: Geometry,
  [a, b]: readonly [Point, Point],
): boolean {
  if (!scope.intersects(wall, polygon)) return false;
  const centroid = scope.centroid(wall);
  return isBetween(centroid.x, a.x, b.x) || isBetween(centroid.y, a.y, b.y);
}

function cutHalfWay(scope: GeometryScope, polygon: Geometry, [a, b]: readonly [Point, Point]): Geometry[] {
  const { minX, minY, maxX, maxY } = scope.bounds(polygon);
  const x = (a.x + b.x) / 2;
  const y = (a.y + b.y) / 2;
  const isVertical = Math.abs(a.x - b.x) > Math.abs(a.y - b.y);
  const line = isVertical
    ? [x, minY - LINE_OVERHANG, x, maxY + LINE_OVERHANG]
    : [minX - LINE_OVERHANG, y, maxX + LINE_OVERHANG, y];
  return splitByLine(scope, polygon, scope.line(line));
}

function isBetween(value: number, end: number, otherEnd: number): boolean {
  return Math.min(end, otherEnd) < value && value < Math.max(end, otherEnd);
}

/** The space that a piece becomes. Its outline is cut to whole pixels, its area is that of the piece before. */
function spaceOfPiece(
  scope: GeometryScope,
  space: Shape<SpaceAnnotation>,
  piece: Geometry,
): Shape<SpaceAnnotation> {
  const { minX, minY, maxX, maxY } = scope.bounds(piece);
  const annotation: SpaceAnnotation = {
    ...space.annotation,
    segmentation: [scope.exteriorRing(piece).slice(0, -2).map(truncate)],
    bbox: [truncate(minX), truncate(minY), truncate(maxX - minX), truncate(maxY - minY)],
    area: pythonFloat(scope.area(piece)),
  };
  return shapeOf(scope, { annotation, place: space.place });
}
