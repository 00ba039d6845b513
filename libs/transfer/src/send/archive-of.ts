import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pack } from 'tar-stream';
import type { FileEntry } from '../manifest.ts';
import { TransferError } from '../transfer-error.ts';

/** Files read ahead of the one that is sent. */
const READ_AHEAD = 16;
/** Bytes that go to the pipe at once. */
const CHUNK_BYTES = 2 ** 18;

/**
 * The bytes of a tar archive of files, for machines without GNU tar.
 * @throws TransferError `changed` for a file that has another size by now, or is gone
 */
export async function* archiveOf(
  root: string,
  files: readonly FileEntry[],
  signal: AbortSignal | undefined,
): AsyncGenerator<Buffer> {
  const archive = pack();
  // When the line breaks, both say what the command's own end says better.
  archive.on('error', () => undefined);
  const fill = async () => {
    const ahead: Promise<Buffer>[] = [];
    let next = 0;
    for (const { path, size, mtime } of files) {
      signal?.throwIfAborted();
      while (next < files.length && ahead.length < READ_AHEAD) {
        const content = readFile(join(root, files[next++]!.path));
        content.catch(() => undefined);
        ahead.push(content);
      }
      const content = await ahead.shift()!.catch((error: unknown) => {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
        throw error;
      });
      if (content?.length !== size) {
        throw new TransferError(
          `${path} changed while it was sent: wait until nothing writes there, then run again`,
          {
            code: 'changed',
            paths: [path],
          },
        );
      }
      await new Promise<void>((resolve, reject) => {
        const entry = archive.entry(
          { name: `./${path}`, size, mtime: new Date(mtime * 1000), mode: 0o644 },
          (error) => (error ? reject(error) : resolve()),
        );
        entry.on('error', () => undefined);
        entry.end(content);
      });
    }
    archive.finalize();
  };
  const filled = fill();
  filled.catch((error: unknown) => archive.destroy(error as Error));
  // Heads, contents and fillings come one by one; together they cost the pipe far less.
  let pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of archive as unknown as AsyncIterable<Buffer>) {
    pieces.push(piece);
    length += piece.length;
    if (length < CHUNK_BYTES) continue;
    yield Buffer.concat(pieces);
    pieces = [];
    length = 0;
  }
  yield Buffer.concat(pieces);
  await filled;
}
