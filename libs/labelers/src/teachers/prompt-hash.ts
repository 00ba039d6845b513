import { createHash } from 'node:crypto';
import type { Prompt } from '@arae/floorplan';

/** Names the texts of a prompt, whoever is asked: a label belongs to the prompt of this hash and to no other. */
export function promptHash({ system, user }: Prompt): string {
  return createHash('sha256')
    .update(JSON.stringify([system, user]))
    .digest('hex');
}
