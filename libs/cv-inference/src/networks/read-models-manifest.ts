import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { readTextFile } from '@arae/progress';
import { ModelsError } from './models-error.ts';
import { modelsManifestSchema } from './models-manifest.ts';
import type { ModelsManifest } from './models-manifest.ts';
import { NETWORK_NAMES } from './network-names.ts';
import type { NetworkName } from './network-names.ts';

export interface ModelFile {
  readonly network: NetworkName;
  readonly path: string;
  readonly sha256: string;
}

export interface ReadManifest {
  readonly manifest: ModelsManifest;
  readonly files: readonly ModelFile[];
}

/**
 * Reads `models.json`, without looking at the files that it names.
 *
 * @throws ModelsError
 */
export async function readModelsManifest(path: string): Promise<ReadManifest> {
  const place = { file: path, network: null };
  let value: unknown;
  try {
    // Windows' editor puts a mark in front.
    value = JSON.parse((await readTextFile(path)).replace(/^\uFEFF/u, ''));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw code === undefined
      ? new ModelsError(place, `no JSON (${message})`, 'mend it, or export the models again', error)
      : new ModelsError(place, `cannot be read (${code})`, 'check the path of the manifest', error);
  }
  const parsed = modelsManifestSchema.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const field = issue?.path.join('.') ?? '';
    throw new ModelsError(
      place,
      `${field === '' ? '' : `"${field}": `}${issue?.message ?? 'not a manifest'}`,
      'mend it, or export the models again',
    );
  }
  const { networks } = parsed.data;
  return {
    manifest: parsed.data,
    files: NETWORK_NAMES.map((network) => ({
      network,
      path: join(dirname(path), networks[network].file),
      sha256: networks[network].sha256,
    })),
  };
}

/**
 * Checks that the files are there and hold what the manifest says.
 *
 * @throws ModelsError for the first that is not.
 */
export async function checkModelFiles(files: readonly ModelFile[]): Promise<void> {
  for (const { network, path, sha256 } of files) {
    const hash = createHash('sha256');
    try {
      await pipeline(createReadStream(path), hash);
    } catch (error) {
      throw new ModelsError(
        { file: path, network },
        `cannot be read (${(error as NodeJS.ErrnoException).code})`,
        'put the file there, or correct "file" in the manifest',
        error,
      );
    }
    const found = hash.digest('hex');
    if (found !== sha256) {
      throw new ModelsError(
        { file: path, network },
        `has SHA-256 ${found.slice(0, 12)}… where the manifest says ${sha256.slice(0, 12)}…`,
        'bring the file that belongs to the manifest, or export both again',
      );
    }
  }
}
