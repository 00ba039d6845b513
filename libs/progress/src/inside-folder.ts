import { lstat, readdir, readlink, realpath } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';

/** Something would be written outside the folder that it belongs into, since a symbolic link lies on the way. */
export class OutsideLinkError extends Error {
  override readonly name = 'OutsideLinkError';
  readonly code = 'LINK_OUTSIDE';
  /** The link. */
  readonly path: string;
  /** Where it leads to. */
  readonly target: string;

  constructor(path: string, target: string, root: string) {
    super(
      `${path} is a link to ${target}, outside ${root}, and nothing is written there: replace it by a folder or file, or let the whole data folder lie there`,
    );
    this.path = path;
    this.target = target;
  }
}

/**
 * Checks that a path below a folder leads to no place outside, whichever parts of it are there already. The folder itself may be
 * a link, and so may what stays inside it.
 *
 * @param path relative to the folder
 * @throws OutsideLinkError at the first link that leads out, also one that leads nowhere
 */
export async function mustStayInside(root: string, path: string): Promise<void> {
  let place = root;
  for (const name of relative(root, resolve(root, path)).split(sep)) {
    place = join(place, name);
    const found = await lstat(place).catch(orMissing);
    if (found === null) return;
    if (found.isSymbolicLink()) await mustLeadInside(root, place);
  }
}

/**
 * The same for folders with what lies directly in them: one look at a folder's list, whatever its length.
 *
 * @param folders relative to the root; those that are not there are passed over
 * @throws OutsideLinkError
 */
export async function mustHoldNoWayOut(root: string, folders: readonly string[]): Promise<void> {
  for (const folder of folders) {
    await mustStayInside(root, folder);
    const entries = await readdir(join(root, folder), { withFileTypes: true }).catch(orMissing);
    for (const entry of entries ?? []) {
      if (entry.isSymbolicLink()) await mustLeadInside(root, join(root, folder, entry.name));
    }
  }
}

async function mustLeadInside(root: string, link: string): Promise<void> {
  const home = await realpath(root);
  // One that leads nowhere yet would be followed when a file is made under its name.
  const target =
    (await realpath(link).catch(orMissing)) ?? resolve(await realpath(dirname(link)), await readlink(link));
  if (target !== home && !target.startsWith(home.endsWith(sep) ? home : home + sep)) {
    throw new OutsideLinkError(link, target, root);
  }
}

/** Null for what is not there, or below something that is no folder: who writes there learns it from the system. */
function orMissing(error: unknown): null {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ELOOP') return null;
  throw error;
}
