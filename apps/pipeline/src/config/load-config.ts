import { fileURLToPath } from 'node:url';
import { jsonFaultOf } from '@arae/floorplan';
import { nestsDeeper, readTextFile } from '@arae/progress';
import { UsageError } from '../errors.ts';
import { pipelineConfigSchema } from './config-schema.ts';
import type { PipelineConfig } from './config-schema.ts';
import { settingsFromEnvironment } from './settings-from-environment.ts';
import { mergeSettings } from './merge-settings.ts';
import type { Settings } from './merge-settings.ts';

/** The configuration inside the app, which Nx can see. */
export const DEFAULT_CONFIG_FILE = fileURLToPath(new URL('../../pipeline.config.json', import.meta.url));

export interface LoadConfigOptions {
  /** Another file than the app's own; else the environment's ARAE_PIPELINE_CONFIG is looked at. */
  file?: string | undefined;
  env: Readonly<Record<string, string | undefined>>;
  /** Settings of the command line: they win over the environment, which wins over the file. */
  flags: Settings;
}

/**
 * Puts the configuration together: file ← environment ← flags.
 *
 * @throws UsageError for a file that cannot be read, is no JSON, or holds a key or value that does not exist.
 */
export async function loadConfig({ file, env, flags }: LoadConfigOptions): Promise<PipelineConfig> {
  const path = file ?? env['ARAE_PIPELINE_CONFIG'] ?? DEFAULT_CONFIG_FILE;
  const fromFile = await readConfigFile(path);
  // Checked alone first, so that a fault is reported where it was made.
  check(fromFile, path);
  const fromEnvironment = settingsFromEnvironment(env);
  check(mergeSettings(fromFile, fromEnvironment), 'environment (ARAE_PIPELINE_…)');
  return check(mergeSettings(mergeSettings(fromFile, fromEnvironment), flags), 'command line');
}

async function readConfigFile(path: string): Promise<Settings> {
  let text: string;
  try {
    text = await readTextFile(path);
  } catch (error) {
    throw new UsageError(
      `configuration ${path} cannot be read (${(error as NodeJS.ErrnoException).code}): check --config`,
    );
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`configuration ${path} is no JSON: ${jsonFaultOf(error)}`);
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw new UsageError(`configuration ${path} is no JSON object`);
  }
  if (nestsDeeper(text, MAX_NESTING)) throw new UsageError(`configuration ${path} is nested too deeply`);
  return value as Settings;
}

/** No setting goes deeper; whoever checks what does would overflow the stack. */
const MAX_NESTING = 100;

function check(settings: Settings, origin: string): PipelineConfig {
  if (holdsPrototype(settings)) {
    throw new UsageError(
      `${origin}: there is no setting "__proto__": see pipeline.config.schema.json for the names`,
    );
  }
  const parsed = pipelineConfigSchema.safeParse(settings);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const place = issue?.path.join('.') ?? '';
  if (issue?.code === 'unrecognized_keys') {
    const keys = issue.keys.map((key) => `"${key}"`).join(', ');
    throw new UsageError(
      `${origin}: there is no setting ${keys}${place === '' ? '' : ` in "${place}"`}: see pipeline.config.schema.json for the names`,
    );
  }
  throw new UsageError(`${origin}: "${place}": ${issue?.message ?? 'wrong value'}`);
}

/** The schema passes over this name, but what is laid over it would be of its kind. */
function holdsPrototype(settings: unknown): boolean {
  if (settings === null || typeof settings !== 'object') return false;
  return Object.hasOwn(settings, '__proto__') || Object.values(settings).some(holdsPrototype);
}
