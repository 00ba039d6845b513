import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OutsideLinkError, mustHoldNoWayOut, mustStayInside } from './inside-folder.ts';

let home: string;
let root: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'inside-folder-'));
  root = join(home, 'data');
  await mkdir(join(root, 'output', 'a'), { recursive: true });
  await mkdir(join(home, 'data-of-others'));
  await mkdir(join(home, 'elsewhere', 'x'), { recursive: true });
  await writeFile(join(home, 'elsewhere', 'file'), '');
});

afterEach(() => rm(home, { recursive: true }));

const refused = (path: string) => expect(mustStayInside(root, path)).rejects.toThrow(OutsideLinkError);

describe.skipIf(process.platform === 'win32')('mustStayInside', () => {
  it.each(['output/a/graph.json', 'output/new/folder/graph.json', 'new', 'output'])(
    'lets %s be written',
    async (path) => {
      await mustStayInside(root, path);
      await mustStayInside(join(home, 'no-such-folder'), path);
    },
  );

  it('refuses links that lead out, wherever on the way they lie, in one line that names link and target', async () => {
    await symlink(join(home, 'elsewhere'), join(root, 'output', 'b'));
    await symlink('../elsewhere/file', join(root, 'journal.jsonl'));
    // Beginning like the folder is not being in it.
    await symlink(join(home, 'data-of-others'), join(root, 'others'));
    await refused('output/b');
    await refused('output/b/graph.json');
    await refused('output/b/x/graph.json');
    await refused('others/a');
    await expect(mustStayInside(root, 'journal.jsonl')).rejects.toMatchObject({
      code: 'LINK_OUTSIDE',
      path: join(root, 'journal.jsonl'),
      target: join(home, 'elsewhere', 'file'),
    });
    await expect(mustStayInside(root, 'journal.jsonl')).rejects.toThrow(/^[^\n]*is a link to [^\n]*$/);
  });

  it('refuses links that lead nowhere yet, and links over links', async () => {
    await symlink(join(home, 'elsewhere', 'new'), join(root, 'output', 'b'));
    await symlink(join(root, 'output', 'b'), join(root, 'output', 'c'));
    await symlink(join(home, 'elsewhere'), join(root, 'output', 'd'));
    await symlink(join(root, 'output', 'd'), join(root, 'output', 'e'));
    await refused('output/b/graph.json');
    await refused('output/e/graph.json');
  });

  it('lets links stay inside, and the folder be a link itself', async () => {
    await symlink(join(root, 'output', 'a'), join(root, 'output', 'b'));
    await symlink('a', join(root, 'output', 'c'));
    await symlink(root, join(home, 'linked'));
    for (const path of ['output/b/graph.json', 'output/c/graph.json']) {
      await mustStayInside(root, path);
      await mustStayInside(join(home, 'linked'), path);
    }
  });
});

describe.skipIf(process.platform === 'win32')('mustHoldNoWayOut', () => {
  it('looks at folders and what lies in them', async () => {
    const folders = ['output', 'progress'];
    await mustHoldNoWayOut(root, folders);
    await symlink(join(home, 'elsewhere'), join(root, 'pictures'));
    await mustHoldNoWayOut(root, folders);
    await symlink(join(home, 'elsewhere'), join(root, 'output', 'b'));
    await expect(mustHoldNoWayOut(root, folders)).rejects.toThrow(join(root, 'output', 'b'));
    await rm(join(root, 'output', 'b'));
    await symlink(join(home, 'elsewhere'), join(root, 'progress'));
    await expect(mustHoldNoWayOut(root, folders)).rejects.toThrow(join(root, 'progress'));
  });
});
