import { runSsh } from '../ssh/run-ssh.ts';
import { shellWord } from '../ssh/ssh-target.ts';
import type { RemoteFolder } from './list-remote.ts';

/** Gets the lines of HASH_COMMAND in pieces as they come. */
export class HashReader {
  #rest: Buffer = Buffer.alloc(0);
  readonly #onHash: (path: string, sha256: string) => void;

  constructor(onHash: (path: string, sha256: string) => void) {
    this.#onHash = onHash;
  }

  readonly read = (chunk: Buffer): void => {
    let from = 0;
    const all = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    for (let end = all.indexOf(0); end >= 0; end = all.indexOf(0, from)) {
      // 64 digits, a blank, a blank or asterisk, `./`, the path.
      const line = all.toString('utf8', from, end);
      this.#onHash(line.slice(68), line.slice(0, 64));
      from = end + 1;
    }
    this.#rest = all.subarray(from);
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
  const reader = new HashReader((path, sha256) => hashes.set(path, sha256));
  await runSsh(target, `cd ${shellWord(root)} && ${HASH_COMMAND}`, {
    input: paths.map((path) => `./${path}\0`).join(''),
    onOutput: reader.read,
    // 123: some file is gone.
    accepts: (code) => code === 0 || code === 123,
    signal,
  });
  return hashes;
}
