/**
 * The part of the GEOS C API (as `geos-wasm` exposes it) that is used here. Pointers are numbers into the heap of
 * the WebAssembly module. Functions that make a geometry answer 0 on failure, predicates answer 2.
 *
 * The package's own declarations describe the functions but do not export a type for them.
 */
export interface GeosApi {
  readonly Module: {
    // Read anew at every use: the views are replaced when the heap grows.
    readonly HEAPF64: Float64Array;
    readonly HEAPU8: Uint8Array;
    readonly HEAPU32: Uint32Array;
    _malloc(bytes: number): number;
    _free(pointer: number): void;
  };

  GEOSCoordSeq_copyFromBuffer(buffer: number, size: number, hasZ: number, hasM: number): number;
  GEOSCoordSeq_copyToBuffer(sequence: number, buffer: number, hasZ: number, hasM: number): number;
  GEOSCoordSeq_getSize(sequence: number, size: number): number;
  GEOSGeom_createLinearRing(sequence: number): number;
  GEOSGeom_createLineString(sequence: number): number;
  GEOSGeom_createPolygon(shell: number, holes: number, holeCount: number): number;
  GEOSGeom_createPointFromXY(x: number, y: number): number;
  GEOSGeom_createCollection(type: number, geometries: number, count: number): number;
  GEOSGeom_clone(geometry: number): number;
  GEOSGeom_destroy(geometry: number): void;

  GEOSisValid(geometry: number): number;
  GEOSisEmpty(geometry: number): number;
  GEOSContains(first: number, second: number): number;
  GEOSIntersects(first: number, second: number): number;
  GEOSTouches(first: number, second: number): number;

  GEOSMakeValid(geometry: number): number;
  GEOSBuffer(geometry: number, width: number, quadrantSegments: number): number;
  GEOSBoundary(geometry: number): number;
  GEOSDifference(first: number, second: number): number;
  GEOSUnion(first: number, second: number): number;
  GEOSUnaryUnion(geometry: number): number;
  GEOSPolygonize(geometries: number, count: number): number;
  GEOSPointOnSurface(geometry: number): number;
  GEOSGetCentroid(geometry: number): number;

  GEOSGeomTypeId(geometry: number): number;
  GEOSGetNumGeometries(geometry: number): number;
  GEOSGetGeometryN(geometry: number, index: number): number;
  GEOSGetExteriorRing(geometry: number): number;
  GEOSGeom_getCoordSeq(geometry: number): number;
  GEOSArea(geometry: number, value: number): number;
  GEOSGeomGetX(geometry: number, value: number): number;
  GEOSGeomGetY(geometry: number, value: number): number;
  GEOSGeom_getXMin(geometry: number, value: number): number;
  GEOSGeom_getYMin(geometry: number, value: number): number;
  GEOSGeom_getXMax(geometry: number, value: number): number;
  GEOSGeom_getYMax(geometry: number, value: number): number;
}
