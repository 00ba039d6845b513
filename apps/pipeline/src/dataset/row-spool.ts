import { open, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';

/** Lines that wait on the disk until it is known in which order and where they go; their number does not matter for memory. */
export interface RowSpool {
  /** @returns the place of the line, to read it by */
  append(line: Buffer): Promise<number>;
  read(place: number): Promise<Buffer>;
  /** Takes it away. */
  close(): Promise<void>;
}

const PIECE = 1 << 20;

/** A spool in a folder, under a name by which it is taken away by the next run when this one is killed. */
export async function openRowSpool(folder: string): Promise<RowSpool> {
  const path = join(folder, `.rows.jsonl.${process.pid}-0.tmp`);
  // A file or link of this name is of a run that was killed.
  await rm(path, { force: true });
  const handle: FileHandle = await open(path, 'wx+');
  const ends: number[] = [];
  let end = 0;
  let pending: Buffer[] = [];
  let pendingSize = 0;
  // What all reads wait for, also those that begin while a piece is under way.
  let written: Promise<unknown> = Promise.resolve();
  const flush = () => {
    const piece = Buffer.concat(pending, pendingSize);
    const start = end - pendingSize;
    pending = [];
    pendingSize = 0;
    written = written.then(() => handle.write(piece, 0, piece.length, start));
  };
  return {
    async append(line) {
      pending.push(line);
      pendingSize += line.length;
      end += line.length;
      ends.push(end);
      if (pendingSize >= PIECE) {
        flush();
        await written;
      }
      return ends.length - 1;
    },
    async read(place) {
      if (pendingSize > 0) flush();
      await written;
      const start = place === 0 ? 0 : ends[place - 1]!;
      const buffer = Buffer.allocUnsafe(ends[place]! - start);
      let filled = 0;
      while (filled < buffer.length) {
        const { bytesRead } = await handle.read(buffer, filled, buffer.length - filled, start + filled);
        if (bytesRead === 0) throw new Error(`${path} became shorter while it was read: start again`);
        filled += bytesRead;
      }
      return buffer;
    },
    async close() {
      await handle.close();
      await rm(path, { force: true });
    },
  };
}
