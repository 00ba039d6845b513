import type { GeosApi } from './geos-api.ts';
import { GeometryError } from './geometry-error.ts';
import type { Geos } from './start-geos.ts';

/** A geometry in the heap of GEOS; lives as long as the scope that made it. */
export type Geometry = number & { readonly geometry: unique symbol };

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Bounds {
  readonly minX: number;
  readonly minY: number;
  readonly maxX: number;
  readonly maxY: number;
}

export type GeometryKind =
  'point' | 'line' | 'polygon' | 'multi-point' | 'multi-line' | 'multi-polygon' | 'collection';

/** By the type number of GEOS. */
const KINDS: readonly GeometryKind[] = [
  'point',
  'line',
  'line',
  'polygon',
  'multi-point',
  'multi-line',
  'multi-polygon',
  'collection',
];
const COLLECTION_TYPE = 7;
const BYTES_PER_DOUBLE = 8;
const BYTES_PER_POINTER = 4;

/** Vertices per quarter circle of a buffer; the service's geometry library takes 16. */
const QUADRANT_SEGMENTS = 16;

/**
 * GEOS geometries with a common end: the WebAssembly heap has no garbage collection, so everything that is made
 * through a scope is freed by its `release`. Every method throws `GeometryError` when GEOS fails.
 */
export class GeometryScope {
  readonly #geos: Geos;
  readonly #api: GeosApi;
  readonly #owned: Geometry[] = [];
  /** Where GEOS writes numbers that it hands back. */
  readonly #slot: number;

  constructor(geos: Geos) {
    this.#geos = geos;
    this.#api = geos.api;
    this.#slot = geos.api.Module._malloc(BYTES_PER_DOUBLE);
  }

  /** Frees all geometries of this scope; none may be used afterwards. */
  release(): void {
    for (const geometry of this.#owned.splice(0)) this.#api.GEOSGeom_destroy(geometry);
    this.#api.Module._free(this.#slot);
  }

  /** The polygon of a closed flat coordinate list. */
  polygon(closedRing: readonly number[]): Geometry {
    const ring = this.#api.GEOSGeom_createLinearRing(this.#coordinateSequence(closedRing));
    if (ring === 0) throw this.#failure('ring');
    return this.#keep('polygon', this.#api.GEOSGeom_createPolygon(ring, 0, 0));
  }

  line(coordinates: readonly number[]): Geometry {
    return this.#keep('line', this.#api.GEOSGeom_createLineString(this.#coordinateSequence(coordinates)));
  }

  point({ x, y }: Point): Geometry {
    return this.#keep('point', this.#api.GEOSGeom_createPointFromXY(x, y));
  }

  isValid(geometry: Geometry): boolean {
    return this.#holds('isValid', this.#api.GEOSisValid(geometry));
  }

  isEmpty(geometry: Geometry): boolean {
    return this.#holds('isEmpty', this.#api.GEOSisEmpty(geometry));
  }

  /** True when `inner` lies in `outer`; a point on the border does not. */
  contains(outer: Geometry, inner: Geometry): boolean {
    return this.#holds('contains', this.#api.GEOSContains(outer, inner));
  }

  intersects(first: Geometry, second: Geometry): boolean {
    return this.#holds('intersects', this.#api.GEOSIntersects(first, second));
  }

  touches(first: Geometry, second: Geometry): boolean {
    return this.#holds('touches', this.#api.GEOSTouches(first, second));
  }

  makeValid(geometry: Geometry): Geometry {
    return this.#keep('makeValid', this.#api.GEOSMakeValid(geometry));
  }

  buffer(geometry: Geometry, distance: number): Geometry {
    return this.#keep('buffer', this.#api.GEOSBuffer(geometry, distance, QUADRANT_SEGMENTS));
  }

  boundary(geometry: Geometry): Geometry {
    return this.#keep('boundary', this.#api.GEOSBoundary(geometry));
  }

  difference(geometry: Geometry, removed: Geometry): Geometry {
    return this.#keep('difference', this.#api.GEOSDifference(geometry, removed));
  }

  union(first: Geometry, second: Geometry): Geometry {
    return this.#keep('union', this.#api.GEOSUnion(first, second));
  }

  unionOfAll(geometries: readonly Geometry[]): Geometry {
    // The collection takes its members over, hence the copies.
    const copies = geometries.map((geometry) => this.#api.GEOSGeom_clone(geometry));
    const collection = this.#withPointers(copies, (array) =>
      this.#keep('collection', this.#api.GEOSGeom_createCollection(COLLECTION_TYPE, array, copies.length)),
    );
    return this.#keep('unionOfAll', this.#api.GEOSUnaryUnion(collection));
  }

  /** The polygons that the lines enclose. */
  polygonize(lines: readonly Geometry[]): Geometry[] {
    const found = this.#withPointers(lines, (array) =>
      this.#keep('polygonize', this.#api.GEOSPolygonize(array, lines.length)),
    );
    return this.parts(found);
  }

  /** A point that is surely inside. */
  pointOnSurface(geometry: Geometry): Geometry {
    return this.#keep('pointOnSurface', this.#api.GEOSPointOnSurface(geometry));
  }

  centroid(geometry: Geometry): Point {
    const centre = this.#keep('centroid', this.#api.GEOSGetCentroid(geometry));
    return {
      x: this.#number('centroid', this.#api.GEOSGeomGetX(centre, this.#slot)),
      y: this.#number('centroid', this.#api.GEOSGeomGetY(centre, this.#slot)),
    };
  }

  kind(geometry: Geometry): GeometryKind {
    const kind = KINDS[this.#api.GEOSGeomTypeId(geometry)];
    if (kind === undefined) throw this.#failure('kind');
    return kind;
  }

  /** The members of a collection, or the geometry itself. They live and die with it. */
  parts(geometry: Geometry): Geometry[] {
    const count = this.#api.GEOSGetNumGeometries(geometry);
    if (count < 0) throw this.#failure('parts');
    return Array.from(
      { length: count },
      (_, index) => this.#api.GEOSGetGeometryN(geometry, index) as Geometry,
    );
  }

  area(geometry: Geometry): number {
    return this.#number('area', this.#api.GEOSArea(geometry, this.#slot));
  }

  bounds(geometry: Geometry): Bounds {
    return {
      minX: this.#number('bounds', this.#api.GEOSGeom_getXMin(geometry, this.#slot)),
      minY: this.#number('bounds', this.#api.GEOSGeom_getYMin(geometry, this.#slot)),
      maxX: this.#number('bounds', this.#api.GEOSGeom_getXMax(geometry, this.#slot)),
      maxY: this.#number('bounds', this.#api.GEOSGeom_getYMax(geometry, this.#slot)),
    };
  }

  /** The exterior ring of a polygon as a flat list; the first point stands at the end again. */
  exteriorRing(polygon: Geometry): number[] {
    const { Module } = this.#api;
    const sequence = this.#api.GEOSGeom_getCoordSeq(this.#api.GEOSGetExteriorRing(polygon));
    if (this.#api.GEOSCoordSeq_getSize(sequence, this.#slot) === 0) throw this.#failure('exteriorRing');
    const length = 2 * (Module.HEAPU32[this.#slot / BYTES_PER_POINTER] as number);
    const buffer = Module._malloc(length * BYTES_PER_DOUBLE);
    const copied = this.#api.GEOSCoordSeq_copyToBuffer(sequence, buffer, 0, 0);
    const start = buffer / BYTES_PER_DOUBLE;
    const coordinates = Array.from(Module.HEAPF64.subarray(start, start + length));
    Module._free(buffer);
    if (copied === 0) throw this.#failure('exteriorRing');
    return coordinates;
  }

  #coordinateSequence(coordinates: readonly number[]): number {
    const { Module } = this.#api;
    const buffer = Module._malloc(coordinates.length * BYTES_PER_DOUBLE);
    Module.HEAPF64.set(coordinates, buffer / BYTES_PER_DOUBLE);
    const sequence = this.#api.GEOSCoordSeq_copyFromBuffer(buffer, coordinates.length / 2, 0, 0);
    Module._free(buffer);
    if (sequence === 0) throw this.#failure('coordinates');
    return sequence;
  }

  #withPointers<Result>(pointers: readonly number[], use: (array: number) => Result): Result {
    const { Module } = this.#api;
    const array = Module._malloc(pointers.length * BYTES_PER_POINTER);
    try {
      Module.HEAPU32.set(pointers, array / BYTES_PER_POINTER);
      return use(array);
    } finally {
      Module._free(array);
    }
  }

  #keep(operation: string, pointer: number): Geometry {
    if (pointer === 0) throw this.#failure(operation);
    this.#owned.push(pointer as Geometry);
    return pointer as Geometry;
  }

  #holds(predicate: string, answer: number): boolean {
    if (answer !== 0 && answer !== 1) throw this.#failure(predicate);
    return answer === 1;
  }

  /** The number that GEOS has just written into the slot. */
  #number(operation: string, status: number): number {
    // Coordinates of points answer -1 on failure, all others 0.
    if (status !== 1) throw this.#failure(operation);
    return this.#api.Module.HEAPF64[this.#slot / BYTES_PER_DOUBLE] as number;
  }

  #failure(operation: string): GeometryError {
    return new GeometryError(operation, this.#geos.takeFailure());
  }
}
