import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

/** SHA-256 as 64 hexadecimal digits; of a text, that of its UTF-8. */
export function sha256Of(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/**
 * The same of a file, however large: weights may be larger than the 2 GiB that Node reads at once.
 *
 * @throws what the file system says, for instance ENOENT
 */
export async function sha256OfFile(path: string | URL): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 2 ** 20 }), hash);
  return hash.digest('hex');
}
