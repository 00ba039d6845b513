import { readdir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { DEFAULT_CRITERIA_URL, loadPromptPack } from '@arae/floorplan';
import { loadPriceBook } from '@arae/labelers';
import { readJournal } from '@arae/progress';
import type { PipelineConfig } from '../config/config-schema.ts';
import { dataFolder } from '../data-folder.ts';
import { UsageError } from '../errors.ts';
import { listCandidates } from '../phases/list-candidates.ts';
import { listDrawings } from '../phases/list-drawings.ts';
import { listGraphs } from '../phases/list-graphs.ts';
import { teacherSettings } from '../phases/create-teacher.ts';
import { manifestOf } from '../phases/manifest-of.ts';
import { serverlessProvenance } from '../serverless/serverless-provenance.ts';
import { sha256OfFile } from '../sha256-of.ts';

/**
 * What the result of a phase hangs on beside the sources and the files of the phases before it: its settings, wherever they come
 * from, and the content of what they name outside the workspace. Settings of other phases and those that change only the speed are left
 * out, so that changing them reruns nothing in vain.
 *
 * @param phase `phase0` … `phase5`
 */
export async function phaseFingerprint(
  phase: string,
  config: PipelineConfig,
  env: Readonly<Record<string, string | undefined>>,
): Promise<unknown> {
  const { maxFailedShare } = config;
  switch (phase) {
    case 'phase0':
      return { sampling: config.sampling, candidates: await listCandidates(config) };
    case 'phase1':
      return {
        maxFailedShare,
        graphs: await graphContents(config.topology.importDir),
        networks: config.topology.importDir === null ? await networkInputs(config, env) : null,
      };
    case 'phase2':
      return {
        maxFailedShare,
        rag: config.rag,
        model: await modelContents(config.rag),
        criteria: await sha256OfFile(config.rag.documentPath ?? DEFAULT_CRITERIA_URL),
      };
    case 'phase3a':
      return labelling('openai', config, env);
    case 'phase3b':
      return labelling('gemini', config, env);
    case 'phase4':
      return {
        comparison: config.comparison,
        pack: await packHash(config),
        prices: await loadPriceBook(config.labeling.priceBookPath ?? undefined),
        reviews: await contentOf(dataFolder(config.data).manualReviews),
        otherTeachers: await otherTeachers(config),
      };
    case 'phase5':
      return {
        dataset: config.dataset,
        pack: await packHash(config),
        tokenizer:
          config.dataset.tokenizerDir === null
            ? null
            : await contentOf(join(config.dataset.tokenizerDir, 'tokenizer.json')),
      };
    default:
      throw new UsageError(`there is no phase "${phase}"`);
  }
}

async function labelling(
  teacher: string,
  config: PipelineConfig,
  env: Readonly<Record<string, string | undefined>>,
): Promise<unknown> {
  return {
    maxFailedShare: config.maxFailedShare,
    teacher: teacherSettings(teacher, config),
    baseURLs: [env['OPENAI_BASE_URL'], env['GEMINI_BASE_URL'], env['GOOGLE_GEMINI_BASE_URL']],
    simulator: config.simulator,
    faults: config.simulator.faultsPath === null ? null : await sha256OfFile(config.simulator.faultsPath),
    maxAnswers: config.labeling.retry.maxAnswers,
    pack: await packHash(config),
    prices: await loadPriceBook(config.labeling.priceBookPath ?? undefined),
    laterSuccesses: await laterSuccesses(dataFolder(config.data).journal(teacher), 'answer'),
  };
}

/** Teachers that phase 4 compares and that no phase before it labels: Nx does not know their files. */
async function otherTeachers({ comparison, data }: PipelineConfig): Promise<unknown> {
  const folder = dataFolder(data);
  const others = comparison.teachers.filter((name) => name !== 'openai' && name !== 'gemini');
  return Promise.all(
    others.map(async (name) => [
      name,
      await contentOf(folder.calls(name)),
      await contentOf(folder.progress(name)),
    ]),
  );
}

/** Null for a file that is not there. */
async function contentOf(path: string): Promise<string | null> {
  return sha256OfFile(path).catch(() => null);
}

/**
 * Items that were given up once and labelled later, by a run with `--retry-failed`. Without them the cache would bring back
 * the labels of the run before and drop the new ones.
 */
async function laterSuccesses(journal: string, success: 'answer' | 'done'): Promise<string[]> {
  const givenUp = new Set<string>();
  const labelled = new Set<string>();
  for await (const line of readJournal(journal)) {
    if (!('record' in line)) continue;
    const { type, key } = line.record as { type?: string; key?: string };
    if (key === undefined) continue;
    if (type === 'failed') givenUp.add(key);
    else if (type === success && givenUp.has(key)) labelled.add(key);
  }
  return [...labelled].sort();
}

async function graphContents(importDir: string | null): Promise<unknown> {
  if (importDir === null) return null;
  const graphs = await listGraphs(importDir);
  return Promise.all(graphs.map(async ({ stem, path }) => [stem, await sha256OfFile(path)]));
}

/** The files of a local model: the folder's name stays when another model is put into it. */
async function modelContents({ engine, modelDir }: PipelineConfig['rag']): Promise<unknown> {
  if (engine !== 'qwen3' || modelDir === null) return null;
  const entries = await readdir(modelDir, { recursive: true, withFileTypes: true }).catch(
    (error: unknown) => {
      throw new UsageError(
        `the model folder ${modelDir} cannot be read (${(error as NodeJS.ErrnoException).code}): check rag.modelDir`,
      );
    },
  );
  const paths = entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name));
  const contents: unknown[] = [];
  for (const path of paths.sort()) contents.push([relative(modelDir, path), await sha256OfFile(path)]);
  return contents;
}

/** What phase 1 with networks hangs on: settings that change a result, the manifest, the drawings. */
async function networkInputs(
  { cv, images, data }: PipelineConfig,
  env: Readonly<Record<string, string | undefined>>,
): Promise<unknown> {
  if (images === null) return null;
  if (cv.engine === 'runpod-serverless') {
    return {
      ...serverlessProvenance(cv.runpod, env),
      overlay: cv.overlay,
      drawings: await drawingContents(images),
      laterSuccesses: await laterSuccesses(dataFolder(data).journal('cv_batch'), 'done'),
    };
  }
  const { provider, maxPixels, rules, overlay } = cv;
  // Loaded only here: image and network libraries take longer to load than everything else of a fingerprint.
  const { readModelsManifest } = await import('@arae/cv-inference');
  const { manifest, files } = await readModelsManifest(manifestOf(cv));
  return {
    settings: { provider, maxPixels, rules, overlay },
    manifest,
    // What lies there now, not what the manifest says: a run refuses a file that is another.
    models: await Promise.all(files.map(({ path }) => sha256OfFile(path))),
    textRules: cv.textRulesPath === null ? null : await sha256OfFile(cv.textRulesPath),
    drawings: await drawingContents(images),
    laterSuccesses: await laterSuccesses(dataFolder(data).journal('cv_batch'), 'done'),
  };
}

/** Folders of more drawings are not read through for every command; times of change must do there. */
const MAX_DRAWINGS_READ = 5_000;

async function drawingContents(images: string): Promise<unknown> {
  const drawings = await listDrawings(images);
  const isSmall = drawings.length <= MAX_DRAWINGS_READ;
  const contents: unknown[] = [];
  for (const { name, size } of drawings) {
    const path = join(images, name);
    contents.push([name, isSmall ? await sha256OfFile(path) : [size, (await stat(path)).mtimeMs]]);
  }
  return contents;
}

async function packHash({ prompt }: PipelineConfig): Promise<string> {
  return (await loadPromptPack(prompt.packDir ?? undefined)).hash;
}
