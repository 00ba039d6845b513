import { TextDecoder } from 'node:util';
import { JsonlError } from './jsonl-error.ts';
import { readLines } from './read-lines.ts';

export interface ReadJsonLinesOptions {
  /** Longest line that is read, in bytes without its newline. Default 64 MiB. */
  readonly maxLineBytes?: number;
}

/** A row, or a line that is none; `text` is the line, of a line that is too long its first 200 bytes. */
export type JsonLine =
  | { readonly lineNumber: number; readonly value: unknown; readonly error?: undefined }
  | { readonly lineNumber: number; readonly error: JsonlError; readonly text: string };

const MAX_LINE_BYTES = 64 * 1024 * 1024;

/**
 * Reads a file of JSON lines one by one; memory holds one line, not the file. A broken line is yielded with its error and
 * reading goes on: one that is no JSON, no UTF-8, blank, or longer than the limit. A missing last newline, "\r\n" and a
 * byte order mark are accepted.
 * @throws JsonlError `unreadable` when the file cannot be read
 */
export async function* readJsonLines(
  path: string,
  options: ReadJsonLinesOptions = {},
): AsyncGenerator<JsonLine> {
  const { maxLineBytes = MAX_LINE_BYTES } = options;
  if (!Number.isInteger(maxLineBytes) || maxLineBytes < 1) {
    throw new JsonlError(`maxLineBytes is ${maxLineBytes}: use a whole number from 1`, {
      code: 'bad-option',
    });
  }
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let lineNumber = 0;
  for await (const { bytes, isTooLong } of readLines(path, maxLineBytes)) {
    lineNumber++;
    if (isTooLong) {
      const message = `line ${lineNumber} is longer than ${maxLineBytes} bytes: raise maxLineBytes or repair the line`;
      const error = new JsonlError(message, { code: 'too-long', lineNumber, path });
      yield { lineNumber, error, text: bytes.subarray(0, 200).toString('utf8') };
      continue;
    }
    yield parseLine(bytes, lineNumber, path, decoder);
  }
}

function parseLine(bytes: Buffer, lineNumber: number, path: string, decoder: TextDecoder): JsonLine {
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch (cause) {
    const message = `line ${lineNumber} is not UTF-8: save the file as UTF-8`;
    const error = new JsonlError(message, { code: 'not-utf8', lineNumber, path, cause });
    return { lineNumber, error, text: bytes.toString('utf8') };
  }
  if (lineNumber === 1 && text.startsWith('\uFEFF')) text = text.slice(1);
  if (text.endsWith('\r')) text = text.slice(0, -1);
  if (text.trim() === '') {
    const error = new JsonlError(`line ${lineNumber} is blank: remove it`, {
      code: 'blank',
      lineNumber,
      path,
    });
    return { lineNumber, error, text };
  }
  try {
    return { lineNumber, value: JSON.parse(text) as unknown };
  } catch (cause) {
    // The parser's own words quote the text, which may hold line breaks of other kinds.
    const why = (cause as Error).message.replace(/\s+/g, ' ');
    const message = `line ${lineNumber} is not JSON (${why}): repair or remove it`;
    return {
      lineNumber,
      error: new JsonlError(message, { code: 'not-json', lineNumber, path, cause }),
      text,
    };
  }
}
