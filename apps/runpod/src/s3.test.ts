import { once } from 'node:events';
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openS3Volume } from '@arae/transfer';
import { startS3Server, whyNoS3Server, type S3Server } from '@arae/transfer/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBench, until } from './testing/test-bench.ts';

const reason = whyNoS3Server();
if (reason !== undefined) console.warn(`skipped: push and pull over S3 (${reason})`);

const SECRET = 'rps_MARKED_SECRET';
const credentials = { accessKeyId: 'user_test', secretAccessKey: SECRET };

describe.skipIf(reason !== undefined)('push --s3 and pull --s3', { timeout: 120_000 }, () => {
  let server: S3Server;
  beforeAll(async () => {
    server = await startS3Server();
  }, 60_000);
  afterAll(() => server.close());

  let volumes = 0;
  async function start() {
    const volume = `vol${++volumes}`;
    // moto makes buckets by a plain request, too.
    await fetch(`${server.endpoint}/${volume}`, { method: 'PUT' });
    const env = {
      RUNPOD_S3_ACCESS_KEY_ID: credentials.accessKeyId,
      RUNPOD_S3_SECRET_ACCESS_KEY: SECRET,
      ARAE_RUNPOD_NETWORK_VOLUME: volume,
      ARAE_RUNPOD_S3_ENDPOINT: server.endpoint,
      ARAE_RUNPOD_DATA_CENTER: 'EU-CZ-1',
    };
    const bench = await startBench({ env });
    const opened = () => openS3Volume({ endpoint: server.endpoint, region: 'EU-CZ-1', volume, credentials });
    return { ...bench, volume, opened };
  }

  it('carry the data folder there and back without any pod, and only what changed', async () => {
    const { cli, cloud, data, write, opened } = await start();
    write('sampled_images.json', '["a"]');
    write('output/a/topology_graph.json', '{}');
    const push = await cli('push', '--s3');
    expect(push.code, push.stderr).toBe(0);
    expect(push.stderr).toMatch(/push over S3: \d+ files, .*B\/s; 0 were there; all checked by MD5/);
    const volume = await opened();
    expect([...(await volume.list('arae/')).keys()]).toEqual(
      expect.arrayContaining(['arae/control/s3-manifest.json', 'arae/data/output/a/topology_graph.json']),
    );
    expect((await cli('push', '--s3')).stderr).toMatch(/push over S3: 0 files/);
    // What a pod made there, and what was lost here.
    await volume.put('arae/data/output/a/rag_context.json', Buffer.from('[1]'));
    volume.close();
    rmSync(join(data, 'sampled_images.json'));
    const pull = await cli('pull', '--s3');
    expect(pull.code, pull.stderr).toBe(0);
    expect(pull.stderr).toMatch(/pull over S3: 2 files/);
    expect(readFileSync(join(data, 'output/a/rag_context.json'), 'utf8')).toBe('[1]');
    expect(existsSync(join(data, 'sampled_images.json'))).toBe(true);
    expect(cloud.runpod.calls).toEqual([]);
    const written = readdirSync(data, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
    expect(written.join() + push.stderr + pull.stderr).not.toContain(SECRET);
  });

  it('go on after a kill without sending again what is there', async () => {
    const { cli, start: startCli, data } = await start();
    const size = 120 * 2 ** 20;
    writeFileSync(join(data, 'large.bin'), randomBytes(size));
    const begun = server.proxy.bytes;
    const child = startCli('push', '--s3');
    const exit = once(child, 'exit');
    await until(() => server.proxy.bytes - begun > size / 2);
    child.kill('SIGKILL');
    await exit;
    const sent = server.proxy.bytes - begun;
    const push = await cli('push', '--s3');
    expect(push.code, push.stderr).toBe(0);
    const twice = server.proxy.bytes - begun - size;
    console.log(
      `killed after ${(sent / 2 ** 20).toFixed(0)} MiB of 120; ${(twice / 2 ** 20).toFixed(1)} MiB sent twice`,
    );
    expect(twice).toBeLessThan(0.02 * size + 40 * 2 ** 20);
  });

  it('tell in one line, with code 2, what is missing or wrong', async () => {
    const { cli } = await start();
    const refused = async (env: Record<string, string>, words: RegExp) => {
      const bench = await startBench({ env: { ARAE_RUNPOD_S3_ENDPOINT: server.endpoint, ...env } });
      const { code, stderr } = await bench.cli('push', '--s3');
      expect(code, stderr).toBe(2);
      expect(stderr.trim().split('\n')).toHaveLength(1);
      expect(stderr).toMatch(words);
    };
    await refused({}, /--s3 needs --network-volume/);
    await refused({ ARAE_RUNPOD_NETWORK_VOLUME: 'v' }, /the one data centre/);
    const place = { ARAE_RUNPOD_NETWORK_VOLUME: 'no-such', ARAE_RUNPOD_S3_REGION: 'EU-CZ-1' };
    await refused(place, /RUNPOD_S3_ACCESS_KEY_ID and RUNPOD_S3_SECRET_ACCESS_KEY are not set/);
    const keys = { RUNPOD_S3_ACCESS_KEY_ID: 'user_test', RUNPOD_S3_SECRET_ACCESS_KEY: SECRET };
    await refused({ ...place, ...keys }, /there is no network volume no-such/);
    expect((await cli('run', '--s3')).code).toBe(2);
  });
});
