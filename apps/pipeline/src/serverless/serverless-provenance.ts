import type { CvRunpodConfig } from '../config/cv-runpod-schema.ts';

/** The endpoint of the settings or the environment; undefined where neither names one. */
export function endpointIdOf(
  { endpointId }: Pick<CvRunpodConfig, 'endpointId'>,
  env: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const named = endpointId ?? env['RUNPOD_ENDPOINT_ID']?.trim();
  return named === '' ? undefined : named;
}

/** Where graphs of a serverless worker come from: what it runs is not known here, so the endpoint stands for it. */
export function serverlessProvenance(
  settings: Pick<CvRunpodConfig, 'endpointId' | 'imageField'>,
  env: Readonly<Record<string, string | undefined>>,
) {
  return {
    engine: 'runpod-serverless',
    endpointId: endpointIdOf(settings, env) ?? null,
    imageField: settings.imageField,
  };
}
