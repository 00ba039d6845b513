import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { open } from 'node:fs/promises';

/** Hundreds of times the largest graph, context or analysis that there is. */
export const MAX_TEXT_BYTES = 64 * 1024 ** 2;

/** Read at a time where the size is not known beforehand: pipes and devices. */
const CHUNK_BYTES = 64 * 1024;

export interface ReadFileOptions {
  /** The most bytes that are read; a file with more is refused. Default {@link MAX_TEXT_BYTES}. */
  readonly maxBytes?: number;
}

/** A file that is read whole is larger than any of its kind can be. */
export class FileTooLargeError extends Error {
  override readonly name = 'FileTooLargeError';
  readonly code = 'TOO_LARGE';
  readonly path: string;
  readonly maxBytes: number;

  /** @param bytes the size of the file; null for a pipe or device, whose end was not reached */
  constructor(path: string, bytes: number | null, maxBytes: number) {
    const size = bytes === null ? `more than ${maxBytes} bytes` : `${bytes} bytes, more than ${maxBytes}`;
    super(`${path} has ${size}: it is nothing that this program made; remove it`);
    this.path = path;
    this.maxBytes = maxBytes;
  }
}

/**
 * Reads a file that comes from outside. Its size is looked at first, and no more than the limit is read of what tells no size
 * (a pipe, a device), so that neither a file of gigabytes nor an endless one fills the memory.
 *
 * @throws FileTooLargeError; what the file system says, for instance ENOENT
 */
export async function readSmallFile(
  path: string | URL,
  { maxBytes = MAX_TEXT_BYTES }: ReadFileOptions = {},
): Promise<Buffer> {
  const file = await open(path);
  try {
    const reader = startReading(path, await file.stat(), maxBytes);
    for (let room = reader.room(); room !== null; room = reader.room()) {
      reader.took((await file.read(room, 0, room.length, null)).bytesRead);
    }
    return reader.content();
  } finally {
    await file.close();
  }
}

/** The same without waiting, for many small files one after the other. */
export function readSmallFileSync(
  path: string | URL,
  { maxBytes = MAX_TEXT_BYTES }: ReadFileOptions = {},
): Buffer {
  const file = openSync(path, 'r');
  try {
    const reader = startReading(path, fstatSync(file), maxBytes);
    for (let room = reader.room(); room !== null; room = reader.room()) {
      reader.took(readSync(file, room));
    }
    return reader.content();
  } finally {
    closeSync(file);
  }
}

/** {@link readSmallFile} as UTF-8. */
export async function readTextFile(path: string | URL, options?: ReadFileOptions): Promise<string> {
  return (await readSmallFile(path, options)).toString('utf8');
}

/** {@link readSmallFileSync} as UTF-8. */
export function readTextFileSync(path: string | URL, options?: ReadFileOptions): string {
  return readSmallFileSync(path, options).toString('utf8');
}

interface Reader {
  /** Where the next bytes go; null at the end. */
  room(): Buffer | null;
  took(bytes: number): void;
  content(): Buffer;
}

function startReading(path: string | URL, stats: Stats, maxBytes: number): Reader {
  // Those of /proc say that they are empty.
  const size = stats.isFile() && stats.size > 0 ? stats.size : null;
  if (size !== null && size > maxBytes) throw new FileTooLargeError(String(path), size, maxBytes);
  const parts: Buffer[] = [];
  let left = size ?? maxBytes;
  let room = Buffer.alloc(0);
  let isEnded = false;
  return {
    room() {
      if (isEnded || (size !== null && left === 0)) return null;
      // One byte more than is allowed tells a file that ends there from one that goes on.
      room = Buffer.allocUnsafe(size === null ? Math.min(CHUNK_BYTES, left + 1) : left);
      return room;
    },
    took(bytes) {
      isEnded = bytes === 0;
      left -= bytes;
      if (left < 0) throw new FileTooLargeError(String(path), null, maxBytes);
      parts.push(room.subarray(0, bytes));
    },
    content: () => (parts.length === 1 ? parts[0]! : Buffer.concat(parts)),
  };
}
