import { z } from 'zod';

/** They become arguments of programs and names of files: none that a program could take for an option. */
const word = (pattern: RegExp) => z.string().max(255).regex(pattern, 'has characters that it cannot have');
const id = word(/^\w[\w.-]*$/);

const sshTarget = z.object({
  host: word(/^[A-Za-z0-9[:][\w.:[\]-]*$/),
  port: z.number().int().min(1).max(65_535),
  username: word(/^[A-Za-z_][\w.-]*$/),
});

/** A pod as RunPod shows it; what is not read here is left out. */
export const podSchema = z.object({
  id,
  name: z.string(),
  /** PROVISIONING, STARTING, RUNNING, EXITED, ERROR or TERMINATED; others may come. */
  status: z.string(),
  /** USD per hour now. */
  cost: z.number().nullish(),
  dataCenterId: z.string().nullish(),
  gpu: z.object({ id: z.string(), count: z.number() }).nullish(),
  /** `direct` is a real SSH server; `proxy` cannot carry files or tunnels and is of no use here. */
  ssh: z.object({ direct: sshTarget.nullish() }).nullish(),
  createdAt: z.string().nullish(),
  startedAt: z.string().nullish(),
});
export type Pod = z.infer<typeof podSchema>;

export const gpuTypeSchema = z.object({
  id: z.string().min(1),
  /** USD per GPU and hour; absent where this cloud has none. */
  price: z.object({ secure: z.number().nullish(), community: z.number().nullish() }).nullish(),
  /** NONE, LOW, MEDIUM or HIGH. */
  availability: z.string().nullish(),
  dataCenters: z.array(z.object({ id: z.string(), availability: z.string().nullish() })).nullish(),
});
export type GpuType = z.infer<typeof gpuTypeSchema>;

export const networkVolumeSchema = z.object({
  id,
  name: z.string(),
  /** GB. */
  size: z.number(),
  dataCenter: z.string(),
});
export type NetworkVolume = z.infer<typeof networkVolumeSchema>;

const pagination = z.object({ hasNextPage: z.boolean(), nextCursor: z.string().nullish() }).nullish();
export const podPageSchema = z.object({ pods: z.array(podSchema), pagination });
export const gpuPageSchema = z.object({ gpus: z.array(gpuTypeSchema), pagination });
export const volumePageSchema = z.object({ networkVolumes: z.array(networkVolumeSchema), pagination });
