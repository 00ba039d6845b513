import { createPodOnce, type CreatePodOnceOptions } from './create-pod-once.ts';
import type { PodRequest, RunpodClient } from './create-runpod-client.ts';
import { RunpodError } from './runpod-error.ts';
import type { Pod } from './schemas.ts';

/** GPUs that hold the local models, best value first. */
export const DEFAULT_GPU_CANDIDATES: readonly string[] = [
  'NVIDIA A100-SXM4-80GB',
  'NVIDIA A100 80GB PCIe',
  'NVIDIA H100 PCIe',
  'NVIDIA H100 80GB HBM3',
];

export interface RentPodOptions extends CreatePodOnceOptions {
  readonly request: Omit<PodRequest, 'gpu'>;
  /** GPU ids in order of preference, at least one. */
  readonly gpuIds?: readonly string[];
}

/**
 * Rents the first GPU that is free; RunPod takes one type per request. A refusal of one type (400, 403) leads to the next,
 * everything else ends the search.
 * @throws RunpodError `rule-or-capacity` with what was said for each type when none is to be had
 */
export async function rentPod(
  client: RunpodClient,
  { request, gpuIds = DEFAULT_GPU_CANDIDATES, ...once }: RentPodOptions,
): Promise<{ pod: Pod; created: boolean }> {
  if (gpuIds.length === 0)
    throw new RunpodError('no GPU type is given: name at least one', { code: 'bad-option' });
  const refusals: string[] = [];
  for (const id of gpuIds) {
    try {
      return await createPodOnce(client, { ...request, gpu: { id, count: 1 } }, once);
    } catch (error) {
      if (!(error instanceof RunpodError) || !['rule-or-capacity', 'forbidden'].includes(error.code))
        throw error;
      refusals.push(`${id}: ${error.message}`);
    }
  }
  throw new RunpodError(`no GPU is to be had: try later or elsewhere (${refusals.join(' | ')})`, {
    code: 'rule-or-capacity',
  });
}
