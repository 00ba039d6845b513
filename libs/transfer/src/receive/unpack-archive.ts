import { hash } from 'node:crypto';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { extract } from 'tar-stream';
import type { FileEntry } from '../manifest.ts';
import { tooMuch } from '../ssh/run-ssh.ts';
import { TransferError } from '../transfer-error.ts';

/** What an archive has beside the contents, in bytes: heads with long names, fillings, and the end. */
const PER_FILE_BYTES = 16 * 1024;
/** For files that have grown since they were listed. */
const PER_ARCHIVE_BYTES = 64 * 1024 ** 2;

export interface UnpackArchiveOptions {
  /** What was asked for. */
  readonly files: readonly FileEntry[];
  /** Where contents are put, each under its SHA-256. */
  readonly folder: string;
  readonly onFile: (file: FileEntry) => void;
  /** Who sends it, for errors. */
  readonly host: string;
}

/**
 * Takes a tar archive in pieces and writes the files that were asked for, whose size and SHA-256 are right, each once. Everything
 * else in it is thrown away, whatever its name.
 */
export interface Unpacker {
  /**
   * @returns a promise to wait for before the next piece, where there is one; it rejects like `write` throws
   * @throws TransferError `not-verified` for far more than was asked for, and for what is no archive
   */
  write(chunk: Uint8Array): Promise<unknown> | undefined;
  /** The archive is whole: waits until all is written. */
  end(): Promise<void>;
  /** Lets go of everything. */
  destroy(): void;
}

export function unpackArchive({ files, folder, onFile, host }: UnpackArchiveOptions): Unpacker {
  const asked = new Map(files.map((file) => [file.path, file]));
  const archive = extract();
  let left = files.reduce((sum, { size }) => sum + size + PER_FILE_BYTES, PER_ARCHIVE_BYTES);
  let fault: unknown;
  const unpacked = (async () => {
    for await (const entry of archive) {
      const { name, size, type } = entry.header;
      const file = asked.get(name);
      if (file === undefined || type !== 'file' || size !== file.size) {
        for await (const chunk of entry) void chunk;
        continue;
      }
      const chunks: Buffer[] = [];
      for await (const chunk of entry) chunks.push(chunk as Buffer);
      const content = Buffer.concat(chunks);
      if (hash('sha256', content) !== file.sha256) continue;
      asked.delete(name);
      await writeFile(join(folder, file.sha256), content);
      onFile(file);
    }
  })();
  // A cut ends the archive in the middle; the command's own end says it better.
  unpacked.catch((error: unknown) => (fault ??= error));

  return {
    write(chunk) {
      if ((left -= chunk.length) < 0) throw tooMuch(host);
      if (fault !== undefined) throw sorted(fault, host);
      if (archive.write(chunk)) return undefined;
      return once(archive, 'drain').catch((error: unknown) => {
        throw sorted(error, host);
      });
    },
    async end() {
      archive.end(undefined);
      try {
        await unpacked;
      } catch (error) {
        throw sorted(error, host);
      }
    },
    destroy: () => archive.destroy(),
  };
}

/** What the disk says stays; what the archive is blamed for is told in one line. */
function sorted(error: unknown, host: string): unknown {
  if ((error as NodeJS.ErrnoException).code !== undefined) return error;
  return new TransferError(
    `${host} sends something that is no archive: look at the tar of that machine, then run again`,
    { code: 'not-verified' },
  );
}
