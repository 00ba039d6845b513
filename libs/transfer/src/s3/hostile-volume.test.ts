import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { INCOMING_FOLDER } from '../list-folder.ts';
import { emptySyncRecord } from '../sync-record.ts';
import { readFarManifest } from './far-manifest.ts';
import { pullFromS3 } from './pull-from-s3.ts';
import type { S3Object, S3Volume } from './s3-volume.ts';

const md5 = (text: string) => createHash('md5').update(text).digest('hex');
const PIECE = new Uint8Array(2 ** 20);

async function* endless(): AsyncGenerator<Uint8Array> {
  for (;;) yield await Promise.resolve(PIECE);
}

/** A volume that answers as it likes. */
function volumeOf(
  objects: Readonly<Record<string, S3Object>>,
  contentOf: (key: string) => AsyncIterable<Uint8Array> | undefined,
): S3Volume {
  const never = () => Promise.reject(new Error('not asked for here'));
  return {
    list: () => Promise.resolve(new Map(Object.entries(objects))),
    get: (key) => Promise.resolve(contentOf(key)),
    head: never,
    put: never,
    remove: never,
    openUploads: never,
    partsOf: never,
    beginUpload: never,
    putPart: never,
    endUpload: never,
    dropUpload: never,
    close: () => undefined,
  };
}

function prepare(volume: S3Volume) {
  const home = mkdtempSync(join(tmpdir(), 'arae-hostile-s3-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const root = join(home, 'data');
  mkdirSync(root);
  const pull = () =>
    pullFromS3({
      root,
      far: { volume, prefix: 'data', manifestKey: 'manifest.json' },
      record: emptySyncRecord(),
      save: () => Promise.resolve(),
      sleep: () => Promise.resolve(),
    });
  return { home, root, pull };
}

async function* of(text: string): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(Buffer.from(text));
}

describe('a volume that lies', () => {
  it.each(['data/../evil', 'data//evil', 'data/a/../../evil', 'data/./a'])(
    'cannot name %j a file of the folder',
    async (key) => {
      const object = { size: 4, etag: md5('evil'), mtime: 0 };
      const { home, pull } = prepare(volumeOf({ [key]: object }, () => of('evil')));
      await expect(pull()).rejects.toMatchObject({ code: 'bad-path' });
      expect(existsSync(join(home, 'evil'))).toBe(false);
    },
  );

  it('has what it lists without being asked passed over', async () => {
    const object = { size: 4, etag: md5('evil'), mtime: 0 };
    const { root, pull } = prepare(volumeOf({ 'other/../../evil': object }, () => undefined));
    expect(await pull()).toMatchObject({ fetched: [] });
    expect(readdirSync(root)).toEqual([]);
  });

  it('cannot fill the disk with an object that is longer than it says', async () => {
    const object = { size: 3 * 2 ** 20 + 5, etag: md5('another'), mtime: 0 };
    const volume = volumeOf({ 'data/a.bin': object }, (key) =>
      key === 'data/a.bin' ? endless() : undefined,
    );
    const { root, pull } = prepare(volume);
    await expect(pull()).rejects.toMatchObject({ code: 'not-verified' });
    const aside = join(root, INCOMING_FOLDER);
    for (const name of readdirSync(aside)) expect(statSync(join(aside, name)).size).toBe(0);
    expect(existsSync(join(root, 'a.bin'))).toBe(false);
  });

  it('cannot fill the memory with a manifest without end, nor name digests that lead elsewhere', async () => {
    expect(await readFarManifest(volumeOf({}, endless), 'manifest.json')).toEqual(new Map());
    const file = { path: 'a', size: 1, mtime: 1, etag: 'x' };
    const read = (sha256: string) =>
      readFarManifest(
        volumeOf({}, () => of(JSON.stringify({ files: [{ ...file, sha256 }] }))),
        'manifest.json',
      );
    expect((await read('ab'.repeat(32))).size).toBe(1);
    expect((await read('../../evil')).size).toBe(0);
  });
});
