import { compactModelsManifest } from '@arae/cv-models-compact';
import type { PipelineConfig } from '../config/config-schema.ts';

/** The manifest of the networks that phase 1 runs: the configured one, else that of the bundled compact networks. */
export const manifestOf = ({ models }: Pick<PipelineConfig['cv'], 'models'>): string =>
  models ?? compactModelsManifest;
