import { readFileSync } from 'node:fs';

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
}

/** Dependencies that a graph depends on; they are pinned, so what is asked for is what runs. */
const THAT_MATTER = ['geos-wasm', 'onnxruntime-node', 'sharp'] as const;

/** Versions of the packages that a result depends on. */
export function cvVersions(): Record<string, string> {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  const { name, version, dependencies } = JSON.parse(text) as Manifest;
  return Object.fromEntries([
    [name, version],
    ...THAT_MATTER.map((dependency) => [dependency, dependencies[dependency] ?? '']),
  ]) as Record<string, string>;
}
