import { existsSync } from 'node:fs';
import type { DataFolder } from '../data-folder.ts';

/** A drawing can be labelled when it has both graph and context. */
export function isReadyToLabel(stem: string, folder: DataFolder): boolean {
  return existsSync(folder.graph(stem)) && existsSync(folder.context(stem));
}
