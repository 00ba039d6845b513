/** One file of a folder. */
export interface FileEntry {
  /** Relative to the folder, with `/`. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Last change, whole seconds since 1970: what every archive format keeps. */
  readonly mtime: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

/** What a folder holds, sorted by path. */
export type Manifest = readonly FileEntry[];

/** Sum of sizes in bytes. */
export const bytesOf = (files: readonly { readonly size: number }[]): number =>
  files.reduce((sum, { size }) => sum + size, 0);
