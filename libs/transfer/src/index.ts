export { TransferError, type TransferErrorCode } from './transfer-error.ts';
export { bytesOf, type FileEntry, type Manifest } from './manifest.ts';
export { HashCache, loadHashCache } from './hash-cache.ts';
export { hashFile, makeManifest, type ManifestOptions } from './make-manifest.ts';
export { planTransfer, type Hashes, type TransferPlan } from './plan-transfer.ts';
