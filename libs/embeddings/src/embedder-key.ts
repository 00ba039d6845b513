import { createHash } from 'node:crypto';
import type { EmbedderIdentity } from './embedder.ts';

/**
 * A name for caches of vectors: 32 hexadecimal digits, equal for equal identities whatever the order of their fields, other
 * when any field but the label differs.
 */
export function embedderKey(identity: EmbedderIdentity): string {
  const fields = Object.entries(identity)
    .filter(([name, value]) => name !== 'label' && value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(fields)).digest('hex').slice(0, 32);
}
