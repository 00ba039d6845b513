import type { z } from 'zod';
import {
  DEFAULT_RUNPOD_RETRY,
  requestRunpod,
  type RunpodEffects,
  type RunpodRequest,
  type RunpodRetry,
} from './request-runpod.ts';
import { RunpodError } from './runpod-error.ts';
import {
  gpuPageSchema,
  networkVolumeSchema,
  podPageSchema,
  podSchema,
  volumePageSchema,
  type GpuType,
  type NetworkVolume,
  type Pod,
} from './schemas.ts';

/** Body of a new pod; unknown properties are refused by RunPod. */
export interface PodRequest {
  readonly name: string;
  readonly image: string;
  readonly gpu: { readonly id: string; readonly count: number; readonly minCudaVersion?: string };
  readonly cloud: 'SECURE' | 'COMMUNITY';
  readonly dataCenterIds?: readonly string[];
  /** GB of the container's own disk, lost with the pod. */
  readonly disk: number;
  readonly mounts:
    | { readonly persistent: { readonly size: number; readonly path: string } }
    | { readonly network: readonly { readonly volumeId: string; readonly path: string }[] };
  readonly ports: readonly string[];
  /** Shown in RunPod's console and kept there: for public values only, never for a key. */
  readonly env?: Readonly<Record<string, string>>;
  readonly startSsh: boolean;
}

export interface RunpodClientOptions extends RunpodEffects {
  readonly apiKey: string;
  /** Default https://api.runpod.io/v2. */
  readonly baseURL?: string;
  readonly retry?: RunpodRetry;
}

/** Every call throws RunpodError, or the signal's reason when aborted. */
export interface RunpodClient extends Pick<RunpodEffects, 'sleep' | 'now'> {
  /** All GPU types with prices and how many are free for pods. */
  listGpuTypes(signal?: AbortSignal): Promise<GpuType[]>;
  listPods(signal?: AbortSignal): Promise<Pod[]>;
  /** Undefined where there is no such pod (any more). */
  findPod(id: string, signal?: AbortSignal): Promise<Pod | undefined>;
  /** One try; after `unavailable` the pod may exist all the same, see `createPodOnce`. */
  createPod(request: PodRequest, signal?: AbortSignal): Promise<Pod>;
  /** Deletes the pod with its own volume (a network volume stays). Content if it is gone already. */
  deletePod(id: string, signal?: AbortSignal): Promise<void>;
  /** Ends the billing of its GPU; its own volume stays. Content if it is stopped already. */
  stopPod(id: string, signal?: AbortSignal): Promise<void>;
  /** Starts a stopped pod again; RunPod may give it back without its GPU. */
  startPod(id: string, signal?: AbortSignal): Promise<void>;
  listNetworkVolumes(signal?: AbortSignal): Promise<NetworkVolume[]>;
  /** One try; after `unavailable` the volume may exist all the same. Size in GB, 10 to 4096. */
  createNetworkVolume(
    volume: { readonly name: string; readonly size: number; readonly dataCenter: string },
    signal?: AbortSignal,
  ): Promise<NetworkVolume>;
}

/** No account has pods for so many pages. */
const MAX_PAGES = 1000;

/** @throws RunpodError `bad-option` for a key that cannot be sent */
export function createRunpodClient(options: RunpodClientOptions): RunpodClient {
  const { apiKey, retry = DEFAULT_RUNPOD_RETRY, fetch, sleep, now } = options;
  if (!/^[\x21-\x7e]+$/.test(apiKey)) {
    throw new RunpodError('the RunPod API key is empty or has a space or line break: set it anew', {
      code: 'bad-option',
    });
  }
  const base = (options.baseURL ?? 'https://api.runpod.io/v2').replace(/\/+$/, '');

  type Call = Pick<RunpodRequest, 'method' | 'body' | 'repeatable' | 'signal'>;
  const call = (path: string, request: Call) =>
    requestRunpod({ ...request, url: base + path, apiKey }, { fetch, sleep, now }, retry);
  const get = (path: string, signal?: AbortSignal) => call(path, { method: 'GET', repeatable: true, signal });

  /** Reads every page: a pod overlooked on the second one would be rented again. */
  async function pages<T extends { pagination?: Page | undefined }>(
    path: string,
    schema: z.ZodType<T>,
    signal?: AbortSignal,
  ): Promise<T[]> {
    const all: T[] = [];
    const seen = new Set<string>();
    let next = path;
    for (;;) {
      const page = check(await get(next, signal), schema, path);
      all.push(page);
      if (page.pagination?.hasNextPage !== true) return all;
      const cursor = page.pagination.nextCursor;
      if (cursor === null || cursor === undefined || seen.has(cursor) || seen.size >= MAX_PAGES) {
        throw new RunpodError(`${path} has more pages but names no new cursor: try again later`, {
          code: 'bad-answer',
        });
      }
      seen.add(cursor);
      next = `${path}${path.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(cursor)}`;
    }
  }

  return {
    sleep,
    now,
    async listGpuTypes(signal) {
      const path = '/catalog/gpus?include=AVAILABILITY&product=POD';
      return (await pages(path, gpuPageSchema, signal)).flatMap((page) => page.gpus);
    },
    async listPods(signal) {
      return (await pages('/pods', podPageSchema, signal)).flatMap((page) => page.pods);
    },
    async findPod(id, signal) {
      const path = podPath(id);
      try {
        return check(await get(path, signal), podSchema, path);
      } catch (error) {
        if (error instanceof RunpodError && error.code === 'not-found') return undefined;
        throw error;
      }
    },
    async createPod(body, signal) {
      const answer = await call('/pods', { method: 'POST', body, repeatable: false, signal });
      return check(answer, podSchema, '/pods');
    },
    async deletePod(id, signal) {
      try {
        await call(podPath(id), { method: 'DELETE', repeatable: true, signal });
      } catch (error) {
        if (!(error instanceof RunpodError) || error.code !== 'not-found') throw error;
      }
    },
    async stopPod(id, signal) {
      try {
        const body = { action: 'stop' };
        await call(`${podPath(id)}/action`, { method: 'POST', body, repeatable: true, signal });
      } catch (error) {
        if (!(error instanceof RunpodError) || !['not-found', 'conflict'].includes(error.code)) throw error;
      }
    },
    async startPod(id, signal) {
      const body = { action: 'start' };
      await call(`${podPath(id)}/action`, { method: 'POST', body, repeatable: false, signal });
    },
    async listNetworkVolumes(signal) {
      return (await pages('/network-volumes', volumePageSchema, signal)).flatMap(
        (page) => page.networkVolumes,
      );
    },
    async createNetworkVolume(volume, signal) {
      const body = { ...volume, type: 'STANDARD' };
      const answer = await call('/network-volumes', { method: 'POST', body, repeatable: false, signal });
      return check(answer, networkVolumeSchema, '/network-volumes');
    },
  };
}

type Page = { hasNextPage: boolean; nextCursor?: string | null | undefined } | null;

const podPath = (id: string) => `/pods/${encodeURIComponent(id)}`;

function check<T>(answer: unknown, schema: z.ZodType<T>, path: string): T {
  const result = schema.safeParse(answer);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new RunpodError(
    `RunPod's answer to ${path} has another shape at "${issue?.path.join('.') ?? ''}": look for a newer release of this program`,
    { code: 'bad-answer' },
  );
}
