export { ExactIndex, type Hit } from './exact-index.ts';
export { VectorError, type VectorErrorCode } from './vector-error.ts';
export { readNpy, type NpyTable } from './read-npy.ts';
export { writeNpy } from './write-npy.ts';
export { NpyError, type NpyErrorCode } from './npy-error.ts';
export { PgVectorIndex, type PgDocument, type PgHit, type SqlClient } from './pg-vector-index.ts';
