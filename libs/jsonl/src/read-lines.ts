import { createReadStream } from 'node:fs';
import { JsonlError } from './jsonl-error.ts';

export interface RawLine {
  /** Without the newline; of a line that is too long only its beginning. */
  readonly bytes: Buffer;
  readonly isTooLong: boolean;
}

const NEWLINE = 0x0a;

/**
 * The lines of a file as bytes, ended by "\n" or the end of the file. Of a longer line at most `maxLineBytes` bytes are kept.
 * @throws JsonlError `unreadable`
 */
export async function* readLines(path: string, maxLineBytes: number): AsyncGenerator<RawLine> {
  let parts: Buffer[] = [];
  let kept = 0;
  let isTooLong = false;
  let isOpen = false;

  const add = (part: Buffer) => {
    isOpen = true;
    if (kept + part.length > maxLineBytes) isTooLong = true;
    const room = part.subarray(0, maxLineBytes - kept);
    if (room.length > 0) parts.push(room);
    kept += room.length;
  };
  const take = (): RawLine => {
    const line = { bytes: Buffer.concat(parts), isTooLong };
    parts = [];
    kept = 0;
    isTooLong = false;
    isOpen = false;
    return line;
  };

  for await (const chunk of chunksOf(path)) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      add(chunk.subarray(start, end));
      yield take();
      start = end + 1;
    }
    if (start < chunk.length) add(chunk.subarray(start));
  }
  if (isOpen) yield take();
}

async function* chunksOf(path: string): AsyncGenerator<Buffer> {
  const stream = createReadStream(path, { highWaterMark: 1 << 16 });
  try {
    for await (const chunk of stream) yield chunk as Buffer;
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? 'unknown error';
    throw new JsonlError(`${path} cannot be read (${code}): check the path`, {
      code: 'unreadable',
      path,
      cause,
    });
  } finally {
    stream.destroy();
  }
}
