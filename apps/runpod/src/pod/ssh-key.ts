import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { UsageError } from '../errors.ts';

/** The public half of the data folder's own SSH key, which is made when it is missing. */
export async function publicKeyOf(keyFile: string): Promise<string> {
  if (!existsSync(keyFile)) {
    await mkdir(dirname(keyFile), { recursive: true, mode: 0o700 });
    const draft = `${keyFile}.new`;
    await rm(draft, { force: true });
    await rm(`${draft}.pub`, { force: true });
    try {
      await promisify(execFile)('ssh-keygen', [
        '-q',
        '-t',
        'ed25519',
        '-N',
        '',
        '-C',
        'arae-runpod',
        '-f',
        draft,
      ]);
    } catch (error) {
      throw new UsageError(
        `no SSH key can be made (${(error as Error).message.split('\n')[0]}): install OpenSSH`,
      );
    }
    // The private half last: where it is, the public one is too.
    await rename(`${draft}.pub`, `${keyFile}.pub`);
    await rename(draft, keyFile);
  }
  return (await readFile(`${keyFile}.pub`, 'utf8')).trim();
}
