/** The fields of a package.json that packing reads or changes. */
export interface Manifest {
  name: string;
  version: string;
  license?: string;
  description?: string;
  private?: boolean;
  type?: string;
  main?: string;
  types?: string;
  exports?: Exports;
  files?: string[];
  sideEffects?: boolean | string[];
  engines?: Record<string, string>;
  publishConfig?: Record<string, string>;
  repository?: { type: string; url: string; directory: string };
  scripts?: Record<string, string>;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  nx?: unknown;
}

export type Exports = string | { [key: string]: Exports };

/** The condition by which this workspace runs its own sources. */
export const SOURCE_CONDITION = '@arae/source';

const WORKSPACE_FIELDS = ['nx', 'scripts', 'devDependencies'] as const;

/**
 * What users of a library get as its package.json: without what only this workspace can use. Its source condition goes
 * because sources are not packed: a project with the same condition would be sent to files that are not there.
 *
 * @param repository where this checkout came from, if from anywhere, and the library's folder in it
 */
export function publishedManifest(
  manifest: Manifest,
  repository: { url: string; directory: string } | null,
): Manifest {
  const kept: Manifest = { ...manifest };
  for (const field of WORKSPACE_FIELDS) delete kept[field];
  if (kept.exports !== undefined) kept.exports = withoutSources(kept.exports);
  if (repository !== null) kept.repository = { type: 'git', ...repository };
  return kept;
}

function withoutSources(exports: Exports): Exports {
  if (typeof exports === 'string') return exports;
  return Object.fromEntries(
    Object.entries(exports)
      .filter(([key]) => key !== SOURCE_CONDITION)
      .map(([key, value]) => [key, withoutSources(value)]),
  );
}
