import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { jsonFaultOf, zodFaultOf } from '@arae/floorplan';
import { readTextFile } from '@arae/progress';
import { z } from 'zod';
import { UsageError } from './errors.ts';

/** Where everything lies in the data folder. */
export interface DataFolder {
  readonly root: string;
  readonly sampledImages: string;
  readonly samplingReport: string;
  readonly embeddingCache: string;
  readonly docMetadata: string;
  readonly contextReport: string;
  readonly qualityReport: string;
  readonly qualityPage: string;
  readonly selectedModel: string;
  /** What people said of the labels; written by the review page. */
  readonly manualReviews: string;
  readonly preferences: string;
  readonly train: string;
  readonly val: string;
  readonly test: string;
  /** `{side}.rows.jsonl`: hash and length of each row of a side of the split. */
  readonly rowFacts: (side: string) => string;
  readonly statsReport: string;
  readonly statsPage: string;
  /** What phase 6 compares the rows with; there when the set is whole. */
  readonly datasetManifest: string;
  readonly llamaFactoryEntry: string;
  readonly axolotlEntry: string;
  readonly datasetCard: string;
  /** What phase 6 makes. */
  readonly finetuned: string;
  readonly adapterModel: string;
  readonly mergedModel: string;
  /** What `evaluate` says of the served model. */
  readonly evaluationReport: string;
  readonly progressFolder: string;
  readonly outputFolder: string;
  /** `progress/{name}_progress.json` */
  readonly progress: (name: string) => string;
  /** `progress/{name}_journal.jsonl` */
  readonly journal: (name: string) => string;
  /** `progress/{teacher}_calls.json`: what each label took. */
  readonly calls: (teacher: string) => string;
  /** `progress/{teacher}_simulator.jsonl`: what the bundled simulator was asked, when it injects faults. */
  readonly simulatorLog: (teacher: string) => string;
  readonly itemFolder: (stem: string) => string;
  readonly graph: (stem: string) => string;
  readonly provenance: (stem: string) => string;
  readonly overlay: (stem: string) => string;
  readonly context: (stem: string) => string;
  readonly label: (stem: string, teacher: string) => string;
}

export function dataFolder(root: string): DataFolder {
  const progressFolder = join(root, 'progress');
  const outputFolder = join(root, 'output');
  const finetuned = join(root, 'qwen3_finetuned');
  return {
    root,
    sampledImages: join(root, 'sampled_images.json'),
    samplingReport: join(root, 'sampling_report.json'),
    embeddingCache: join(root, 'embedding_cache.npy'),
    docMetadata: join(root, 'doc_metadata.json'),
    contextReport: join(root, 'context_report.json'),
    qualityReport: join(root, 'quality_report.json'),
    qualityPage: join(root, 'quality_report.html'),
    selectedModel: join(root, 'selected_model.txt'),
    manualReviews: join(root, 'manual_reviews.jsonl'),
    preferences: join(root, 'preferences.jsonl'),
    train: join(root, 'train.jsonl'),
    val: join(root, 'val.jsonl'),
    test: join(root, 'test.jsonl'),
    rowFacts: (side) => join(root, `${side}.rows.jsonl`),
    statsReport: join(root, 'stats_report.json'),
    statsPage: join(root, 'stats_report.html'),
    datasetManifest: join(root, 'dataset_manifest.json'),
    llamaFactoryEntry: join(root, 'dataset_info.json'),
    axolotlEntry: join(root, 'axolotl.yaml'),
    datasetCard: join(root, 'dataset_card.md'),
    finetuned,
    adapterModel: join(finetuned, 'adapter_model'),
    mergedModel: join(finetuned, 'merged_model'),
    evaluationReport: join(finetuned, 'evaluation_report.json'),
    progressFolder,
    outputFolder,
    progress: (name) => join(progressFolder, `${name}_progress.json`),
    journal: (name) => join(progressFolder, `${name}_journal.jsonl`),
    calls: (teacher) => join(progressFolder, `${teacher}_calls.json`),
    simulatorLog: (teacher) => join(progressFolder, `${teacher}_simulator.jsonl`),
    itemFolder: (stem) => join(outputFolder, stem),
    graph: (stem) => join(outputFolder, stem, 'topology_graph.json'),
    provenance: (stem) => join(outputFolder, stem, 'provenance.json'),
    overlay: (stem) => join(outputFolder, stem, 'overlay.svg'),
    context: (stem) => join(outputFolder, stem, 'rag_context.json'),
    label: (stem, teacher) => join(outputFolder, stem, `llm_analysis_${teacher}.json`),
  };
}

/**
 * A stem becomes the name of a folder: it must not lead out of the data folder. It is shown in terminals and is a key in JSON, so it
 * has no control characters and is not the one name that means something else there.
 */
export function isSafeStem(stem: string): boolean {
  return (
    stem !== '' &&
    stem !== '.' &&
    stem !== '..' &&
    stem.length <= 200 &&
    !/[/\\:\p{Cc}]/u.test(stem) &&
    stem !== '__proto__'
  );
}

const stemsSchema = z.array(z.string().refine(isSafeStem, 'is no name of a drawing'));

/**
 * Reads `sampled_images.json`.
 *
 * @throws UsageError when it is missing or holds something else.
 */
export async function readSampledStems(folder: DataFolder): Promise<string[]> {
  if (!existsSync(folder.sampledImages)) {
    throw new UsageError(`${folder.sampledImages} is missing: run phase0, or phase1 --import DIR, first`);
  }
  let value: unknown;
  try {
    value = JSON.parse(await readTextFile(folder.sampledImages));
  } catch (error) {
    throw new UsageError(`${folder.sampledImages} is no JSON (${jsonFaultOf(error)}): run phase0 again`);
  }
  const stems = stemsSchema.safeParse(value);
  if (!stems.success) {
    throw new UsageError(`${folder.sampledImages}: entry ${zodFaultOf(stems.error)}: run phase0 again`);
  }
  const seen = new Set<string>();
  const twice = stems.data.find((stem) => seen.size === seen.add(stem).size);
  if (twice !== undefined)
    throw new UsageError(`${folder.sampledImages}: "${twice}" is there twice: run phase0 again`);
  if (stems.data.length === 0) throw new UsageError(`${folder.sampledImages} is empty: run phase0 again`);
  return stems.data;
}
