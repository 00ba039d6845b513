import { totalmem } from 'node:os';

/** Bytes that this process may use: the machine's, or fewer inside a container. */
export function availableMemory(): number {
  return Math.min(process.constrainedMemory() || totalmem(), totalmem());
}
