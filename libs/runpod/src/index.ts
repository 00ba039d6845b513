export { RunpodError, type RunpodErrorCode } from './runpod-error.ts';
export { DEFAULT_RUNPOD_RETRY, type RunpodEffects, type RunpodRetry } from './request-runpod.ts';
export {
  createRunpodClient,
  type PodRequest,
  type RunpodClient,
  type RunpodClientOptions,
} from './create-runpod-client.ts';
export { createPodOnce, findPodByName, type CreatePodOnceOptions } from './create-pod-once.ts';
export { DEFAULT_GPU_CANDIDATES, rentPod, type RentPodOptions } from './rent-pod.ts';
export { waitForSsh, type SshAddress, type WaitForSshOptions } from './wait-for-ssh.ts';
export type { GpuType, NetworkVolume, Pod } from './schemas.ts';
export {
  createServerlessClient,
  MAX_RUN_BYTES,
  type JobPolicy,
  type ServerlessClient,
  type ServerlessClientOptions,
} from './serverless/create-serverless-client.ts';
export { hasEnded, jobFault, type EndedState, type ServerlessJob } from './serverless/job-schema.ts';
