import { cp, mkdir, rm, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readTextFile, writeFileAtomic } from '@arae/progress';
import { UsageError } from '../errors.ts';
import type { Runner } from '../runner.ts';

const DEFAULT_CONFIG = fileURLToPath(new URL('../../../pipeline/pipeline.config.json', import.meta.url));

/** Settings that name a file or folder of this machine which a result hangs on. */
const DOCUMENTS = [
  'rag.documentPath',
  'rag.modelDir',
  'prompt.packDir',
  'labeling.priceBookPath',
  'simulator.faultsPath',
  'cv.textRulesPath',
] as const;
/** Settings of folders that do not travel. */
const LOCAL = ['data', 'images', 'topology.importDir', 'cv.models'] as const;

type Json = Record<string, unknown>;

/** Variable of a setting: `rag.documentPath` → `ARAE_PIPELINE_RAG__DOCUMENT_PATH`. */
const variableOf = (setting: string) =>
  `ARAE_PIPELINE_${setting
    .split('.')
    .map((word) => word.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase())
    .join('__')}`;

/** Variables that stay here, since what they name lies elsewhere on the pod or not there at all. */
export const LOCAL_VARIABLES: ReadonlySet<string> = new Set([
  ...[...DOCUMENTS, ...LOCAL].map(variableOf),
  'ARAE_PIPELINE_CONFIG',
]);

/** Name of the configuration among the inputs. */
export const CONFIG_NAME = 'pipeline.config.json';

/**
 * Collects in a folder what a run on another machine needs for the same result: the configuration, and the documents that it names,
 * with their names in it changed to where they will lie.
 *
 * @throws UsageError when the configuration or a document cannot be read
 */
export async function stageInputs(
  { settings, env }: Pick<Runner, 'settings' | 'env'>,
  folder: string,
): Promise<void> {
  const path = settings.config ?? env['ARAE_PIPELINE_CONFIG'] ?? DEFAULT_CONFIG;
  let config: Json;
  try {
    const value: unknown = JSON.parse(await readTextFile(path));
    if (!isJson(value)) throw new Error('no JSON object');
    config = value;
  } catch (error) {
    throw new UsageError(
      `configuration ${path} cannot be read (${(error as Error).message.slice(0, 100)}): check --config`,
    );
  }
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  delete config['$schema'];
  for (const setting of LOCAL) change(config, setting, () => undefined);
  for (const [index, setting] of DOCUMENTS.entries()) {
    const named = env[variableOf(setting)] || valueOf(config, setting);
    if (typeof named !== 'string' || named === '') continue;
    const name = `${index}-${basename(named).replaceAll(/[\p{Cc}\\]/gu, '_')}`;
    if ((await stat(named).catch(() => null)) === null) {
      throw new UsageError(`${setting}: ${resolve(named)} is not there: check the configuration`);
    }
    await cp(named, join(folder, name), { recursive: true, preserveTimestamps: true });
    // Relative to the folder that the run starts in.
    change(config, setting, () => name);
  }
  await writeFileAtomic(join(folder, CONFIG_NAME), `${JSON.stringify(config, null, 2)}\n`);
}

const isJson = (value: unknown): value is Json =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

function valueOf(config: Json, setting: string): unknown {
  return setting.split('.').reduce<unknown>((value, name) => (value as Json | undefined)?.[name], config);
}

/** Sets a setting; undefined takes it away. */
function change(config: Json, setting: string, to: () => string | undefined): void {
  const names = setting.split('.');
  const last = names.pop()!;
  const value = to();
  let place = config;
  for (const name of names) {
    if (!isJson(place[name]) && value === undefined) return;
    const below = place[name];
    place = isJson(below) ? below : (place[name] = {});
  }
  if (value === undefined) delete place[last];
  else place[last] = value;
}
