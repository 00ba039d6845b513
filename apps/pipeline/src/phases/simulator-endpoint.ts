import type { PipelineConfig } from '../config/config-schema.ts';

const PREFIX = 'simulator?';

/** Stands for the simulator in the identity of its teachers; without its port, which is another one in every run. */
export function simulatorEndpoint({ seed, mistakes }: PipelineConfig['simulator']): string {
  return `${PREFIX}seed=${seed}&mistakes=${mistakes}`;
}

export function isSimulatorEndpoint(endpoint: string | undefined): boolean {
  return endpoint?.startsWith(PREFIX) ?? false;
}
