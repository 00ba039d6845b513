/** Execution providers of onnxruntime that can be asked for. */
export const PROVIDERS = ['cpu', 'cuda', 'webgpu', 'dml'] as const;
export type Provider = (typeof PROVIDERS)[number];

export const PROVIDER_SETTINGS = [...PROVIDERS, 'auto'] as const;
export type ProviderSetting = (typeof PROVIDER_SETTINGS)[number];

/** WebGPU is experimental in onnxruntime for Node: it is taken only when asked for by name. */
const AUTOMATIC: Partial<Record<NodeJS.Platform, readonly Provider[]>> = {
  win32: ['dml', 'cpu'],
  linux: ['cuda', 'cpu'],
};

/** The providers to try, best first. */
export function providersToTry(setting: ProviderSetting, platform: NodeJS.Platform): readonly Provider[] {
  return setting === 'auto' ? (AUTOMATIC[platform] ?? ['cpu']) : [setting];
}

/** How a provider that cannot be loaded is made to load. */
export function providerMend(provider: Provider, platform: NodeJS.Platform): string {
  switch (provider) {
    case 'cpu':
      return 'install the packages again (npm ci): the files of onnxruntime-node are missing or of another platform';
    case 'cuda':
      return platform === 'linux'
        ? 'it needs libonnxruntime_providers_cuda.so and libonnxruntime_providers_shared.so beside onnxruntime-node (node node_modules/onnxruntime-node/script/install.js --onnxruntime-node-install=cuda12) and CUDA 12 with cuDNN 9 on LD_LIBRARY_PATH; or set cv.provider to cpu'
        : 'onnxruntime-node has CUDA on Linux x64 only: set cv.provider to dml on Windows, else to cpu';
    case 'webgpu':
      return platform === 'linux'
        ? 'it needs libvulkan.so.1 and the Vulkan driver of the GPU (apt-get install libvulkan1); or set cv.provider to cpu'
        : 'update the driver of the GPU, or set cv.provider to cpu';
    case 'dml':
      return platform === 'win32'
        ? 'it needs DirectML.dll beside onnxruntime-node (npm ci) and a GPU with DirectX 12; or set cv.provider to cpu'
        : 'DirectML is on Windows only: set cv.provider to cuda, webgpu or cpu';
  }
}
