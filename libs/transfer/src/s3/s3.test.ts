import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { HashCache } from '../hash-cache.ts';
import { makeManifest } from '../make-manifest.ts';
import { emptySyncRecord } from '../sync-record.ts';
import { startS3Server, whyNoS3Server, type S3Server } from '../testing/start-s3-server.ts';
import { openS3Volume } from './open-s3-volume.ts';
import { pullFromS3 } from './pull-from-s3.ts';
import { pushToS3 } from './push-to-s3.ts';
import { PART_BYTES } from './send-object.ts';

const reason = whyNoS3Server();
if (reason !== undefined) console.warn(`skipped: transfers over S3 (${reason})`);
const credentials = { accessKeyId: 'user_test', secretAccessKey: 'rps_MARKED_SECRET' };
const region = 'eu-cz-1';

describe.skipIf(reason !== undefined)('over S3', { timeout: 120_000 }, () => {
  let server: S3Server;
  let admin: S3Client;
  let volumes = 0;
  beforeAll(async () => {
    server = await startS3Server();
    admin = new S3Client({ endpoint: server.endpoint, region, credentials, forcePathStyle: true });
  }, 60_000);
  afterAll(async () => {
    admin.destroy();
    await server.close();
  });

  const folder = () => {
    const path = mkdtempSync(join(tmpdir(), 'arae-s3-'));
    onTestFinished(() => rmSync(path, { recursive: true, force: true }));
    return path;
  };
  const write = (root: string, path: string, content: string | Buffer) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  };

  /** One volume and a machine with a folder; other machines may look at the same volume. */
  async function start(root = folder(), volume = `volume-${++volumes}`) {
    if (volume === `volume-${volumes}`) {
      await admin
        .send(
          new CreateBucketCommand({
            Bucket: volume,
            CreateBucketConfiguration: { LocationConstraint: region as never },
          }),
        )
        .catch((error: Error) => {
          if (error.name !== 'BucketAlreadyOwnedByYou') throw error;
        });
    }
    const opened = await openS3Volume({
      endpoint: server.endpoint,
      region,
      volume,
      credentials,
      attempts: 1,
    });
    onTestFinished(() => opened.close());
    const record = emptySyncRecord();
    const waits: number[] = [];
    const common = {
      root,
      far: { volume: opened, prefix: 'arae/data', manifestKey: 'arae/control/s3.json' },
      record,
      save: () => Promise.resolve(),
      sleep: (ms: number) => Promise.resolve(waits.push(ms)),
    };
    return {
      root,
      volume,
      opened,
      record,
      waits,
      push: async (
        more: { signal?: AbortSignal; onProgress?: Parameters<typeof pushToS3>[0]['onProgress'] } = {},
      ) => pushToS3({ ...common, manifest: await makeManifest(root), ...(more as object) }),
      pull: () => pullFromS3({ ...common, cache: new HashCache() }),
      asPod: (path: string, content: string) =>
        admin.send(new PutObjectCommand({ Bucket: volume, Key: `arae/data/${path}`, Body: content })),
    };
  }

  it('brings a folder to a volume and to another machine, with its times; then only what changed', async () => {
    const one = await start();
    write(one.root, 'output/방 하나/topology_graph.json', '{"a": 1}');
    write(one.root, 'empty', '');
    const large = randomBytes(PART_BYTES * 2 + 5);
    write(one.root, 'large.bin', large);
    utimesSync(join(one.root, 'empty'), 1_700_000_000, 1_700_000_000);
    const seen: number[] = [];
    const pushed = await one.push({ onProgress: ({ bytes }) => seen.push(bytes) });
    expect(pushed).toMatchObject({ same: 0, bytes: large.length + 8, bySize: [], cuts: 0 });
    expect(seen.at(-1)).toBe(large.length + 8);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));

    const two = await start(folder(), one.volume);
    const pulled = await two.pull();
    expect(pulled.fetched.map(({ path }) => path)).toEqual([
      'empty',
      'large.bin',
      'output/방 하나/topology_graph.json',
    ]);
    expect(pulled.bySize).toEqual([]);
    expect(readFileSync(join(two.root, 'large.bin')).equals(large)).toBe(true);
    expect(statSync(join(two.root, 'empty')).mtimeMs).toBe(1_700_000_000_000);
    expect(await makeManifest(two.root)).toEqual(await makeManifest(one.root));

    const before = server.proxy.bytes;
    expect(await one.push()).toMatchObject({ sent: [], same: 3 });
    expect(await two.pull()).toMatchObject({ fetched: [], same: 3 });
    expect(server.proxy.bytes - before).toBeLessThan(20_000);

    write(two.root, 'new.txt', 'made by two');
    rmSync(join(two.root, 'empty'));
    expect(await two.push()).toMatchObject({ sent: [{ path: 'new.txt' }], removed: ['empty'], same: 2 });
    expect(await one.pull()).toMatchObject({ fetched: [{ path: 'new.txt' }], gone: ['empty'] });
  });

  it('fetches what a pod wrote, checks it by MD5, and knows what was sent without its record', async () => {
    const one = await start();
    write(one.root, 'a', 'mine');
    await one.push();
    await one.asPod('b', 'of the pod');
    await one.asPod('a', 'changed by the pod');
    expect(await one.push()).toMatchObject({ sent: [], newer: ['a'] });
    expect(await one.pull()).toMatchObject({ fetched: [{ path: 'a' }, { path: 'b' }], bySize: [] });
    expect(readFileSync(join(one.root, 'a'), 'utf8')).toBe('changed by the pod');
    // A machine that lost its record finds out that nothing is to be done.
    const again = await start(one.root, one.volume);
    expect(await again.push()).toMatchObject({ sent: [], same: 2 });
  });

  it('sends nothing and changes nothing where both sides changed a file', async () => {
    const one = await start();
    write(one.root, 'a', 'mine');
    write(one.root, 'b', 'mine');
    await one.push();
    await one.asPod('a', 'theirs');
    write(one.root, 'a', 'mine, later');
    write(one.root, 'b', 'mine, later');
    await expect(one.push()).rejects.toMatchObject({ code: 'conflict', paths: ['a'] });
    await expect(one.pull()).rejects.toMatchObject({ code: 'conflict', paths: ['a'] });
    expect(readFileSync(join(one.root, 'a'), 'utf8')).toBe('mine, later');
  });

  it('goes on after cuts, part by part', async () => {
    const one = await start();
    const large = randomBytes(PART_BYTES * 12 + 77);
    write(one.root, 'large.bin', large);
    for (let n = 0; n < 20; n++) write(one.root, `small/${n}`, `content ${n}`);
    const cutEvery = PART_BYTES * 5;
    const before = server.proxy.bytes;
    server.proxy.cutAfter(cutEvery);
    const pushed = await pushWithCuts(one, cutEvery);
    expect(pushed.cuts).toBeGreaterThanOrEqual(1);
    const wasted = server.proxy.bytes - before - large.length;
    console.log(`push over S3: ${pushed.cuts} cuts, ${(wasted / 2 ** 20).toFixed(1)} MiB sent twice`);
    expect(wasted).toBeLessThan(large.length * 0.02 + pushed.cuts * 5 * PART_BYTES);

    const two = await start(folder(), one.volume);
    const begun = server.proxy.bytes;
    server.proxy.cutAfter(PART_BYTES * 4);
    const pulled = await two.pull();
    expect(pulled.cuts).toBeGreaterThanOrEqual(1);
    expect(await makeManifest(two.root)).toEqual(await makeManifest(one.root));
    const twice = server.proxy.bytes - begun - large.length;
    console.log(`pull over S3: ${pulled.cuts} cuts, ${(twice / 2 ** 20).toFixed(1)} MiB fetched twice`);
    expect(twice).toBeLessThan(large.length * 0.02 + pulled.cuts * PART_BYTES);
  });

  function pushWithCuts(one: Awaited<ReturnType<typeof start>>, every: number) {
    let next = every;
    return one.push({
      onProgress: ({ bytes }) => {
        if (bytes < next) return;
        next += every;
        server.proxy.cutAfter(PART_BYTES);
      },
    });
  }

  it('interrupted in the middle of a file: the next call sends the rest, though the record is lost', async () => {
    const one = await start();
    const large = randomBytes(PART_BYTES * 6);
    write(one.root, 'large.bin', large);
    const stop = new AbortController();
    const push = one.push({
      signal: stop.signal,
      onProgress: ({ bytes }) => {
        if (bytes >= 3 * PART_BYTES) stop.abort(new Error('stopped'));
      },
    });
    await expect(push).rejects.toThrow('stopped');
    const before = server.proxy.bytes;
    const again = await start(one.root, one.volume);
    expect(await again.push()).toMatchObject({ bytes: large.length, bySize: [] });
    expect(server.proxy.bytes - before).toBeLessThan(3.1 * PART_BYTES);
    // Parts of another content are not taken over.
    const other = await start();
    write(other.root, 'x.bin', large);
    const uploadId = await other.opened.beginUpload('arae/data/x.bin');
    await other.opened.putPart('arae/data/x.bin', { uploadId, number: 1 }, randomBytes(PART_BYTES));
    await other.push();
    const far = await start(folder(), other.volume);
    await far.pull();
    expect(readFileSync(join(far.root, 'x.bin')).equals(large)).toBe(true);
  });

  it('does not send a file that changes meanwhile', async () => {
    const one = await start();
    write(one.root, 'a', 'as listed');
    const manifest = await makeManifest(one.root);
    write(one.root, 'a', 'different');
    const far = { volume: one.opened, prefix: 'arae/data', manifestKey: 'm' };
    const { record, root } = one;
    const push = pushToS3({
      root,
      far,
      manifest,
      record,
      save: () => Promise.resolve(),
      sleep: () => Promise.resolve(),
    });
    await expect(push).rejects.toMatchObject({ code: 'changed', paths: ['a'] });
    expect(await one.opened.list('arae/data/')).toEqual(new Map());
  });

  it('tells a volume that is not there', async () => {
    const one = await start(folder(), 'no-such-volume');
    await expect(one.push()).rejects.toMatchObject({ code: 'no-volume' });
  });
});

describe('errors of the S3 interface', () => {
  it.each([
    [403, 'SignatureDoesNotMatch', 'bad-credentials', /RUNPOD_S3_ACCESS_KEY_ID/],
    [400, 'AuthorizationHeaderMalformed', 'command-failed', /--s3-region/],
    [502, 'BadGateway', 'cut', /broke off/],
  ])('%i %s is %s, without a key', async (status, name, code, words) => {
    const server = createServer((_, response) => {
      response.writeHead(status, { 'content-type': 'application/xml' });
      response.end(`<Error><Code>${name}</Code><Message>said</Message></Error>`);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as { port: number };
    const endpoint = `http://127.0.0.1:${port}`;
    const volume = await openS3Volume({ endpoint, region, volume: 'v', credentials, attempts: 1 });
    const error = (await volume.list('x').catch((thrown: unknown) => thrown)) as Error;
    volume.close();
    expect(error).toMatchObject({ code, message: expect.stringMatching(words) as string });
    expect(error.stack).not.toContain('MARKED');
  });
});
