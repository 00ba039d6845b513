import type { GraphRules } from '@arae/floorplan';
import { cvVersions } from '@arae/cv-inference';
import type { Models } from '@arae/cv-inference';
import { sha256Of } from '../sha256-of.ts';

/** Where graphs come from: the same for all drawings of a run. */
export interface RunProvenance {
  models: {
    name: string;
    /** SHA-256 of every network's file. */
    networks: Record<string, string>;
    /** SHA-256 of everything else in the manifest. */
    settings: string;
  };
  provider: string;
  /** Whose reading of detections: `service` is what ARAE's service does. */
  rules: GraphRules;
  /** SHA-256 of the rules for texts; null: none. */
  textRules: string | null;
  maxPixels: number;
  versions: Record<string, string>;
}

/** A drawing that was made smaller on its way to an engine. */
export interface SentPicture {
  format: string;
  /** Pixels; the graph's coordinates are those of this picture. */
  width: number;
  height: number;
  bytes: number;
}

/** `provenance.json`, beside a graph, with what the engine says of itself. Holds no time, so that equal runs give equal files. */
export interface CvProvenance {
  drawing: { file: string; sha256: string; sent?: SentPicture };
}

export function provenanceOf(
  { manifest, files, provider }: Models,
  { textRules, maxPixels, rules }: { textRules: string | null; maxPixels: number; rules: GraphRules },
): RunProvenance {
  return {
    models: {
      name: manifest.name,
      networks: Object.fromEntries(files.map(({ network, sha256 }) => [network, sha256])),
      settings: sha256Of(JSON.stringify(manifest.networks)),
    },
    provider,
    rules,
    textRules: textRules === null ? null : sha256Of(textRules),
    maxPixels,
    versions: cvVersions(),
  };
}
