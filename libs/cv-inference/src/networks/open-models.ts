import { availableParallelism } from 'node:os';
import { networkShapeProblem } from './check-network-shape.ts';
import type { NetworkShape } from './check-network-shape.ts';
import type { InferenceBackend } from './inference-backend.ts';
import { ModelsError } from './models-error.ts';
import type { ModelsManifest } from './models-manifest.ts';
import { NetworkLanes } from './network-lanes.ts';
import { ProviderError } from './provider-error.ts';
import { PROVIDER_SETTINGS, providerMend, providersToTry } from './providers.ts';
import type { Provider, ProviderSetting } from './providers.ts';
import { checkModelFiles, readModelsManifest } from './read-models-manifest.ts';
import type { ModelFile } from './read-models-manifest.ts';
import { availableMemory } from '../workers/available-memory.ts';

export interface OpenModelsOptions {
  /** Default `cpu`. */
  readonly provider?: ProviderSetting;
  /** On the CPU: threads that run networks, each with its own copy of them; default: as many as cores and memory allow. */
  readonly lanes?: number;
  /** On a GPU: threads that run networks, each with its own copy in the GPU's memory; default 1. */
  readonly gpuLanes?: number;
  /** On a GPU: drawings after which the sessions are made anew; 1 or more, default 50. */
  readonly releaseEvery?: number;
}

/** Networks that are ready to run. */
export interface Models {
  readonly manifest: ModelsManifest;
  readonly files: readonly ModelFile[];
  readonly provider: Provider;
  /** What `auto` took and why; null when a provider was asked for by name. */
  readonly providerNote: string | null;
  /** Threads that run networks. */
  readonly lanes: number;
  readonly backend: InferenceBackend;
  /** Whether the recogniser takes any number of crops at a time. */
  readonly canBatchTexts: boolean;
  close(): Promise<void>;
}

function lanesOn(provider: Provider, { lanes, gpuLanes = 1 }: OpenModelsOptions): number {
  if (provider === 'cpu') return lanes ?? defaultLanes();
  // All sessions of a process share WebGPU's one device, which must not be used by several threads at once.
  return provider === 'webgpu' ? 1 : gpuLanes;
}

/** The networks and the largest sheet's work, per thread, generously. */
const BYTES_PER_LANE = 5 * 2 ** 30;
const MAX_LANES = 8;

/**
 * Loads the five networks that a `models.json` describes, and checks every file before any drawing is looked at.
 *
 * @throws ModelsError for a manifest or file that is missing, has other content than it should, or is of another shape
 * @throws ProviderError for a provider that is asked for by name and cannot be loaded
 */
export async function openModels(manifestFile: string, options: OpenModelsOptions = {}): Promise<Models> {
  const { provider: setting = 'cpu', releaseEvery = 50 } = options;
  if (!PROVIDER_SETTINGS.includes(setting)) {
    throw new RangeError(
      `there is no execution provider "${String(setting)}": use ${PROVIDER_SETTINGS.join(', ')}`,
    );
  }
  const { manifest, files } = await readModelsManifest(manifestFile);
  await checkModelFiles(files);

  const passedOver: string[] = [];
  for (const provider of providersToTry(setting, process.platform)) {
    const laneCount = lanesOn(provider, options);
    const lanes = new NetworkLanes(
      {
        files,
        provider,
        threads: Math.max(1, Math.floor(availableParallelism() / laneCount)),
        releaseEvery: provider === 'cpu' ? null : releaseEvery,
      },
      laneCount,
    );
    try {
      const problem = await lanes.probe().catch((error: unknown) => (error as Error).message);
      if (problem !== null) {
        await lanes.close();
        const failure = new ProviderError(provider, problem, providerMend(provider, process.platform));
        if (setting !== 'auto') throw failure;
        passedOver.push(failure.message);
        continue;
      }
      const shapes = await openChecked(lanes, files, manifest);
      return {
        manifest,
        files,
        provider,
        providerNote: setting === 'auto' ? [`auto took ${provider}`, ...passedOver].join('; ') : null,
        lanes: laneCount,
        backend: lanes,
        canBatchTexts: typeof shapes.textRecognition?.inputs[0]?.shape[0] === 'string',
        close: () => lanes.close(),
      };
    } catch (error) {
      await lanes.close();
      throw error;
    }
  }
  throw new ProviderError('cpu', passedOver.join('; '), providerMend('cpu', process.platform));
}

async function openChecked(
  lanes: NetworkLanes,
  files: readonly ModelFile[],
  manifest: ModelsManifest,
): Promise<Readonly<Record<string, NetworkShape | undefined>>> {
  const shapes: Record<string, NetworkShape> = {};
  const opened = await lanes.open();
  for (const { network, path } of files) {
    const found = opened[network] as NetworkShape | { problem: string };
    const problem =
      'problem' in found
        ? `cannot be loaded (${found.problem})`
        : networkShapeProblem(network, found, manifest.networks);
    if (problem !== null) {
      throw new ModelsError({ file: path, network }, problem, 'export it again, or correct the manifest');
    }
    shapes[network] = found as NetworkShape;
  }
  return shapes;
}

function defaultLanes(): number {
  const byMemory = Math.floor(availableMemory() / BYTES_PER_LANE);
  return Math.max(1, Math.min(availableParallelism(), MAX_LANES, byMemory));
}
