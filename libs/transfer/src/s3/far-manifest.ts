import { z } from 'zod';
import type { S3Object, S3Volume } from './s3-volume.ts';

const manifestSchema = z.object({
  files: z.array(
    z.object({
      path: z.string(),
      size: z.number(),
      /** Whole seconds since 1970. */
      mtime: z.number(),
      /** Becomes the name of a file here. */
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
      etag: z.string(),
    }),
  ),
});
type FarEntry = z.infer<typeof manifestSchema>['files'][number];

/** What was sent to a volume, kept there, with the SHA-256 that S3 itself does not know; entries hold while the etag stays. */
export type FarManifest = ReadonlyMap<string, FarEntry>;

/** A million files. */
const MAX_BYTES = 256 * 2 ** 20;

/** Empty where there is none, or none that can be read: then contents are looked at. */
export async function readFarManifest(
  volume: S3Volume,
  key: string,
  signal?: AbortSignal,
): Promise<FarManifest> {
  const content = await volume.get(key, { offset: 0 }, signal);
  if (content === undefined) return new Map();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of content) {
    if ((length += chunk.length) > MAX_BYTES) return new Map();
    chunks.push(chunk);
  }
  try {
    const { files } = manifestSchema.parse(JSON.parse(Buffer.concat(chunks).toString('utf8')));
    return new Map(files.map((file) => [file.path, file]));
  } catch {
    return new Map();
  }
}

export async function writeFarManifest(
  volume: S3Volume,
  key: string,
  files: readonly FarEntry[],
  signal?: AbortSignal,
): Promise<void> {
  await volume.put(key, Buffer.from(JSON.stringify({ files })), signal);
}

export function knownSha256(
  entry: { readonly size: number; readonly sha256: string; readonly etag: string } | undefined,
  { size, etag }: S3Object,
): string | undefined {
  return entry?.size === size && entry.etag === etag && etag !== '' ? entry.sha256 : undefined;
}
