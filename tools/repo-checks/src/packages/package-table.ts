export interface PackageRow {
  readonly name: string;
  /** Bytes, packed and unpacked. */
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: number;
  /** What it brings into an empty project, itself included; null where it could not be installed. */
  readonly tree: { readonly packages: number; readonly size: number } | null;
}

/** The table of `npm run packages`, sizes in megabytes of 1,000,000 bytes. */
export function packageTable(rows: readonly PackageRow[]): string {
  const cells = [
    ['library', 'packed MB', 'unpacked MB', 'files', 'packages installed', 'installed MB'],
    ...rows.map(({ name, size, unpackedSize, files, tree }) => [
      name,
      megabytes(size),
      megabytes(unpackedSize),
      String(files),
      tree === null ? '—' : String(tree.packages),
      tree === null ? '—' : megabytes(tree.size),
    ]),
  ];
  const widths = cells[0]!.map((_, column) => Math.max(...cells.map((row) => row[column]!.length)));
  return cells
    .map((row) =>
      row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join('  '),
    )
    .join('\n');
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(2);
}
