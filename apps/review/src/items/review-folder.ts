import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readTextFile } from '@arae/progress';
import { UsageError } from '../errors.ts';

export interface ReviewFolder {
  readonly root: string;
  /** Drawings that have a graph and a label of both teachers. */
  readonly stems: readonly string[];
  readonly teachers: readonly [string, string];
  /** File of each drawing by its stem; empty without a folder of drawings. */
  readonly drawings: ReadonlyMap<string, string>;
}

export interface OpenReviewFolderParams {
  readonly data: string;
  /** Folder of the drawings; null: only their graphs are shown. */
  readonly images: string | null;
  /** Null: the two teachers that have labels. */
  readonly teachers: readonly string[] | null;
}

/** Labels that are no teacher's: made by rules, mixed from others, or the tuned model's. */
const NO_TEACHERS = ['rule-based', 'mixed', 'student'];
const GRAPH = 'topology_graph.json';

/**
 * Looks what there is to review.
 * @throws UsageError when there is nothing, or it is not clear which two teachers are meant
 */
export async function openReviewFolder({
  data,
  images,
  teachers,
}: OpenReviewFolderParams): Promise<ReviewFolder> {
  const output = join(data, 'output');
  const stems = await readdir(output).catch((error: unknown) => {
    throw new UsageError(`${output} cannot be read (${codeOf(error)}): name the data folder with --data`);
  });
  const files = new Map<string, Set<string>>();
  for (const stem of stems.sort())
    files.set(stem, new Set(await readdir(join(output, stem)).catch(() => [])));

  const pair = teachers ?? labellersIn(files.values());
  const [first, second] = pair;
  if (first === undefined || second === undefined || pair.length > 2 || first === second) {
    const found = pair.length === 0 ? 'none' : pair.join(', ');
    throw new UsageError(
      `a review compares the labels of two teachers, here are ${found}: name two with --teachers A,B`,
    );
  }
  const ready = [...files].filter(([, names]) =>
    [GRAPH, labelName(first), labelName(second)].every((name) => names.has(name)),
  );
  if (ready.length === 0) {
    throw new UsageError(
      `no drawing in ${output} has labels of both ${first} and ${second}: run phase3a and phase3b`,
    );
  }
  return {
    root: data,
    stems: ready.map(([stem]) => stem),
    teachers: [first, second],
    drawings: images === null ? new Map() : await drawingsIn(images),
  };
}

export const graphPath = (root: string, stem: string): string => join(root, 'output', stem, GRAPH);

export const labelPath = (root: string, stem: string, teacher: string): string =>
  join(root, 'output', stem, labelName(teacher));

export const reviewsPath = (root: string): string => join(root, 'manual_reviews.jsonl');

/** Of a sample that a folder was drawn for, those that are in it; all where it was not. */
export async function sampledOnly(root: string, stems: readonly string[]): Promise<string[]> {
  try {
    const sampled = new Set(JSON.parse(await readTextFile(join(root, 'sampled_images.json'))) as string[]);
    return stems.filter((stem) => sampled.has(stem));
  } catch {
    return [...stems];
  }
}

const labelName = (teacher: string): string => `llm_analysis_${teacher}.json`;

function labellersIn(folders: Iterable<ReadonlySet<string>>): string[] {
  const names = new Set<string>();
  for (const files of folders) {
    for (const file of files) {
      const teacher = /^llm_analysis_(.+)\.json$/.exec(file)?.[1];
      if (teacher !== undefined && !NO_TEACHERS.includes(teacher)) names.add(teacher);
    }
  }
  return [...names].sort();
}

async function drawingsIn(images: string): Promise<Map<string, string>> {
  const names = await readdir(images).catch((error: unknown) => {
    throw new UsageError(
      `the folder of drawings ${images} cannot be read (${codeOf(error)}): check --images`,
    );
  });
  const drawings = names.filter((name) => /\.png$/i.test(name));
  return new Map(drawings.map((name) => [name.replace(/\.png$/i, ''), join(images, name)]));
}

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? String(error);
