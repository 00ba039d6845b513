import { drawingStem } from './drawing-stem.ts';
import { SamplingError } from './sampling-error.ts';

export interface DrawingFile {
  /** Base name with extension, for instance `APT_FP_OBJ_001046197.PNG`. */
  readonly name: string;
  /** Bytes, 0 or more. */
  readonly size: number;
}

/** Files as columns, one entry per file: a million objects would take several times the memory. */
export interface Drawings {
  readonly names: readonly string[];
  readonly stems: readonly string[];
  readonly sizes: Float64Array;
}

/**
 * Reads and checks a list of files.
 * @throws SamplingError `bad-file` for an empty name or a size that is no number of bytes; `duplicate-stems` when two
 * files differ only in their extension (`a.PNG`, `a.png`): both would write to one output folder, and which of them is
 * meant is not for a sampler to guess
 */
export function readDrawings(files: Iterable<DrawingFile>): Drawings {
  const names: string[] = [];
  const stems: string[] = [];
  const sizes: number[] = [];
  for (const { name, size } of files) {
    if (name === '' || !Number.isFinite(size) || size < 0) {
      throw new SamplingError(
        `the file "${name}" has the size ${size}: give a name and a size of 0 or more bytes`,
        {
          code: 'bad-file',
          examples: [name],
        },
      );
    }
    names.push(name);
    stems.push(drawingStem(name));
    sizes.push(size);
  }
  const distinct = new Set(stems).size;
  if (distinct < stems.length) throw duplicateStems(names, stems, stems.length - distinct);
  return { names, stems, sizes: Float64Array.from(sizes) };
}

function duplicateStems(names: readonly string[], stems: readonly string[], extra: number): SamplingError {
  const byStem = Map.groupBy(names.keys(), (index) => stems[index] ?? '');
  const examples = [...byStem.values()]
    .filter((indexes) => indexes.length > 1)
    .flatMap((indexes) => indexes.map((index) => names[index] ?? ''))
    .sort()
    .slice(0, 4);
  return new SamplingError(
    `${extra} drawings have the name of another one but for the extension (${examples.join(', ')}): keep one file of each name`,
    { code: 'duplicate-stems', examples },
  );
}
