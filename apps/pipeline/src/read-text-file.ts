import { readFileSync, statSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';

/** Hundreds of times the largest graph, context or analysis that there is. */
export const MAX_TEXT_BYTES = 64 * 1024 ** 2;

/** A file that is read whole is larger than any of its kind can be. */
export class FileTooLargeError extends Error {
  override readonly name = 'FileTooLargeError';
  readonly code = 'TOO_LARGE';
  readonly path: string;

  constructor(path: string, bytes: number) {
    super(
      `${path} has ${bytes} bytes, more than ${MAX_TEXT_BYTES}: it is nothing that this program made; remove it`,
    );
    this.path = path;
  }
}

/**
 * Reads a text that comes from outside, as UTF-8. Its size is looked at first, so that a file of gigabytes does not fill the memory.
 *
 * @throws FileTooLargeError; what the file system says, for instance ENOENT
 */
export async function readTextFile(path: string): Promise<string> {
  mustBeSmall(path, (await stat(path)).size);
  return readFile(path, 'utf8');
}

/** The same without waiting, for many small files one after the other. */
export function readTextFileSync(path: string): string {
  mustBeSmall(path, statSync(path).size);
  return readFileSync(path, 'utf8');
}

function mustBeSmall(path: string, bytes: number): void {
  if (bytes > MAX_TEXT_BYTES) throw new FileTooLargeError(path, bytes);
}
