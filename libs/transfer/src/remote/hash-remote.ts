import { runSsh, tooMuch } from '../ssh/run-ssh.ts';
import { shellWord } from '../ssh/ssh-target.ts';
import type { RemoteFolder } from './list-remote.ts';

/** 64 digits, a blank, a blank or asterisk, `./`, the path. A digest becomes the name of a file here. */
const LINE = /^([0-9a-f]{64}) [ *]\.\/(.+)$/s;
/** No path is longer. */
const MAX_LINE_BYTES = 64 * 1024;

/** Gets the lines of HASH_COMMAND in pieces as they come. */
export class HashReader {
  #rest: Buffer = Buffer.alloc(0);
  readonly #onHash: (path: string, sha256: string) => unknown;

  constructor(onHash: (path: string, sha256: string) => unknown) {
    this.#onHash = onHash;
  }

  readonly read = (chunk: Buffer): void => {
    let from = 0;
    const all = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    for (let end = all.indexOf(0); end >= 0; end = all.indexOf(0, from)) {
      const [, sha256, path] = LINE.exec(all.toString('utf8', from, end)) ?? [];
      if (path !== undefined) this.#onHash(path, sha256!);
      from = end + 1;
    }
    this.#rest = all.subarray(from);
    if (this.#rest.length > MAX_LINE_BYTES) throw tooMuch('the far side');
  };
}

/**
 * The far command that hashes the files whose names it reads, each with `./` before and NUL behind. OpenSSL uses what the
 * processor has for this, which `sha256sum` does not everywhere.
 */
export const HASH_COMMAND = `{ if command -v openssl >/dev/null; then xargs -0 -r -n 128 openssl dgst -sha256 -r | tr '\\n' '\\0'; else xargs -0 -r -n 128 sha256sum -z; fi; }`;

/** SHA-256 of far files by path; those that are gone are missing. */
export async function hashRemote(
  { target, root }: RemoteFolder,
  paths: readonly string[],
  signal?: AbortSignal,
): Promise<Map<string, string>> {
  const hashes = new Map<string, string>();
  if (paths.length === 0) return hashes;
  const asked = new Set(paths);
  const reader = new HashReader((path, sha256) => asked.has(path) && hashes.set(path, sha256));
  await runSsh(target, `cd ${shellWord(root)} && ${HASH_COMMAND}`, {
    input: paths.map((path) => `./${path}\0`).join(''),
    onOutput: reader.read,
    // 123: some file is gone.
    accepts: (code) => code === 0 || code === 123,
    signal,
  });
  return hashes;
}
