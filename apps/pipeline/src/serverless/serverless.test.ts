import { once } from 'node:events';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FAKE_KEY, type WorkerResult } from '@arae/runpod/testing';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../config/load-config.ts';
import { phaseFingerprint } from '../nx/phase-fingerprint.ts';
import { roomPng } from '../testing/drawings.ts';
import { aGraph, noisePng, startServerlessBench, until } from '../testing/serverless-bench.ts';

describe('phase1 --engine runpod-serverless', { timeout: 120_000 }, () => {
  it('makes graphs and provenance, counts what was paid, asks nothing twice', async () => {
    const bench = await startServerlessBench(5);
    const first = await bench.run();
    expect(first.code, first.stderr).toBe(0);
    expect(first.stderr).toMatch(/5 drawings to submit; no job has been measured yet/);
    const figures = bench.figures(first.stdout);
    expect(figures).toMatchObject({ graphs: 5, failed: 0, jobs: 5, 'execution seconds': 0.15 });
    expect(figures['cost USD']).toBeCloseTo(0.0015);
    const { image_info, ...rest } = bench.output('plan_03');
    expect(image_info).toMatchObject({ file_name: 'plan_03.PNG' });
    expect(rest).toEqual(
      Object.fromEntries(Object.entries(bench.graph).filter(([name]) => name !== 'image_info')),
    );
    expect(bench.output('plan_03', 'provenance.json')).toMatchObject({
      drawing: { file: 'plan_03.PNG' },
      engine: 'runpod-serverless',
      endpointId: 'ep1',
    });
    // The drawing itself, untouched.
    const input = bench.fake.jobs.find(({ input }) => input['file_name'] === 'plan_03.PNG')!.input;
    expect(input['action']).toBe('cv_inference');
    expect(Buffer.from(input['image'] as string, 'base64')).toEqual(
      readFileSync(join(bench.images, 'plan_03.PNG')),
    );
    const again = await bench.run();
    expect(bench.figures(again.stdout)).toMatchObject({ graphs: 5, 'taken from the journal': 5, jobs: 0 });
    expect(bench.fake.jobs).toHaveLength(5);
    // With a drawing more, what was measured gives the estimate, and the total knows both runs.
    writeFileSync(join(bench.images, 'plan_00.PNG'), roomPng(500));
    const more = await bench.run();
    expect(more.stderr).toMatch(/1 drawings to submit; about USD 0\.0003 \(0\.0 s each so far at USD 0\.01/);
    expect(bench.figures(more.stdout)['cost USD with earlier runs']).toBeCloseTo(0.0018);
  });

  it('killed while jobs are in the queue: fetches them, pays none twice', async () => {
    const bench = await startServerlessBench(12, { workers: 0 });
    const child = bench.start({ ARAE_PIPELINE_CV__RUNPOD__IN_FLIGHT: '8' });
    await until(() => bench.records('submitted').length === 8);
    // Some end before the kill, the others while nobody looks.
    bench.fake.options.workers = 2;
    await until(() => bench.records('done').length >= 2 && bench.records('submitted').length < 12);
    bench.fake.options.workers = 0;
    // All places are taken by jobs that nobody works on: nothing moves any more.
    await until(() => {
      const { jobs } = bench.fake;
      const ended = jobs.filter(({ status }) => status === 'COMPLETED').length;
      return (
        jobs.every(({ status }) => status !== 'IN_PROGRESS') &&
        bench.records('done').length === ended &&
        bench.records('submitted').length === Math.min(12, ended + 8)
      );
    });
    const done = bench.records('done').length;
    const open = bench.fake.jobs.length - done;
    child.kill('SIGKILL');
    await once(child, 'exit');
    const submitted = bench.fake.jobs.length;
    bench.fake.options.workers = 12;
    const second = await bench.run();
    expect(second.code, second.stderr).toBe(0);
    expect(bench.figures(second.stdout)).toMatchObject({ graphs: 12, 'taken from the journal': done });
    expect(bench.figures(second.stdout)['jobs picked up']).toBe(open);
    expect(second.stderr).toContain(`${open} jobs of an earlier run to fetch`);
    expect(submitted).toBeLessThanOrEqual(12);
    expect(bench.fake.jobs).toHaveLength(12);
    expect(bench.figures(second.stdout)['cost USD with earlier runs']).toBeCloseTo(12 * 0.0003);
  });

  it('at Ctrl-C cancels what is in the queue, keeps what works; the next run submits the rest', async () => {
    const bench = await startServerlessBench(6, { workers: 2, executionMs: 1500 });
    const child = bench.start();
    const exit = once(child, 'exit');
    await until(() => bench.fake.jobs.filter(({ status }) => status === 'IN_PROGRESS').length === 2);
    await until(() => bench.records('submitted').length === 6);
    child.kill('SIGINT');
    expect((await exit)[0]).toBe(130);
    const states = Object.groupBy(bench.fake.jobs, ({ status }) => status);
    expect(states['COMPLETED']!.length).toBeGreaterThanOrEqual(2);
    expect(states['COMPLETED']!.length + states['CANCELLED']!.length).toBe(6);
    // Cancelled before a worker had them.
    for (const job of states['CANCELLED']!) expect(job.startedMs).toBeUndefined();
    expect(bench.graphs()).toHaveLength(states['COMPLETED']!.length);
    const second = await bench.run();
    expect(bench.figures(second.stdout)).toMatchObject({ graphs: 6, failed: 0, 'jobs picked up': 0 });
    expect(bench.fake.jobs.filter(({ status }) => status === 'COMPLETED')).toHaveLength(6);
  });

  it('at a second Ctrl-C cancels what works, too', async () => {
    const bench = await startServerlessBench(2, { work: () => 'never' });
    const child = bench.start();
    const exit = once(child, 'exit');
    await until(() => bench.fake.jobs.filter(({ status }) => status === 'IN_PROGRESS').length === 2);
    child.kill('SIGINT');
    const begun = bench.fake.calls.length;
    await until(() => bench.fake.calls.length > begun + 6);
    expect(bench.fake.jobs.map(({ status }) => status)).toEqual(['IN_PROGRESS', 'IN_PROGRESS']);
    child.kill('SIGINT');
    expect((await exit)[0]).toBe(130);
    expect(bench.fake.jobs.map(({ status }) => status)).toEqual(['CANCELLED', 'CANCELLED']);
  });

  it('makes a drawing over the limit smaller, and says so in its provenance', async () => {
    const noise = await noisePng(2200, 1600);
    const bench = await startServerlessBench(1, {}, { 'noise.png': noise });
    const run = await bench.run();
    expect(run.code, run.stderr).toBe(0);
    const sent = (bench.output('noise', 'provenance.json')['drawing'] as { sent: object }).sent;
    expect(sent).toMatchObject({ format: 'jpeg', width: 2200, height: 1600 });
    const job = bench.fake.jobs.find(({ input }) => input['file_name'] === 'noise.png')!;
    const image = job.input['image'] as string;
    expect(image.length).toBeLessThan(10_000_000);
    expect(await sharp(Buffer.from(image, 'base64')).metadata()).toMatchObject({
      format: 'jpeg',
      width: 2200,
    });
    expect(run.stdout).toMatch(/1 drawings were made smaller/);
    // The note stays where the journal has the drawing.
    rmSync(join(bench.data, 'output/noise/provenance.json'));
    await bench.run();
    expect((bench.output('noise', 'provenance.json')['drawing'] as { sent: object }).sent).toEqual(sent);
  });

  it('halves what a queue refuses that takes less than it says; a killed run keeps that in mind', async () => {
    const noise = await noisePng(500, 400);
    const bench = await startServerlessBench(1, { workers: 0, maxBytes: 200_000 }, { 'noise.png': noise });
    const child = bench.start();
    await until(() => bench.records('submitted').length === 2);
    child.kill('SIGKILL');
    await once(child, 'exit');
    bench.fake.options.workers = 2;
    const run = await bench.run();
    expect(bench.figures(run.stdout)).toMatchObject({ graphs: 2, failed: 0, 'jobs picked up': 2 });
    expect(bench.fake.jobs).toHaveLength(2);
    const sent = (bench.output('noise', 'provenance.json')['drawing'] as { sent: { bytes: number } }).sent;
    expect(sent).toMatchObject({ format: 'jpeg' });
    expect(sent.bytes).toBeLessThan(150_000);
  });

  it('gives up one drawing, not the others: broken, failed, timed out, refused, no graph', async () => {
    const graph = JSON.stringify(await aGraph());
    const answers: Record<string, WorkerResult> = {
      'plan_00.PNG': { fail: 'CUDA out of memory' },
      'plan_01.PNG': 'times-out',
      'plan_02.PNG': { output: { something: 'else' } },
      'plan_03.PNG': { output: { topology_json: '{"nodes": [}' } },
    };
    const bench = await startServerlessBench(
      6,
      { work: ({ file_name }) => answers[file_name as string] ?? { output: { topology_json: graph } } },
      { 'cut.png': roomPng(64).subarray(0, 150) },
    );
    const run = await bench.run();
    expect(run.code, run.stderr).toBe(0);
    expect(bench.figures(run.stdout)).toMatchObject({ graphs: 2, failed: 5, jobs: 6 });
    expect(Object.fromEntries(bench.failures().map(({ id, reason }) => [id, reason]))).toEqual({
      cut: expect.stringMatching(/cut\.png: the picture is damaged/) as string,
      plan_00: expect.stringMatching(/job job-\d+ ended FAILED \(CUDA out of memory\)/) as string,
      plan_01: expect.stringMatching(/ended TIMED_OUT/) as string,
      plan_02: expect.stringMatching(/without topology_json/) as string,
      plan_03: expect.stringMatching(/JSON/) as string,
    });
    // Failures cost once, until they are asked for.
    await bench.run();
    expect(bench.fake.jobs).toHaveLength(6);
    delete answers['plan_00.PNG'];
    bench.fake.faults.push({ on: 'POST /run', fault: { status: 400, detail: 'no such field' } });
    const retried = await bench.run({}, '--retry-failed');
    expect(bench.fake.jobs).toHaveLength(6 + 3);
    expect(bench.failures().filter(({ reason }) => reason.includes('no such field'))).toHaveLength(1);
    expect(retried.code).toBe(0);
  });

  it('submits anew what vanished, once', async () => {
    const bench = await startServerlessBench(2, { workers: 0 });
    const child = bench.start();
    await until(() => bench.records('submitted').length === 2);
    bench.fake.jobs[0]!.isGone = true;
    await until(() => bench.fake.jobs.length === 3);
    bench.fake.jobs[2]!.isGone = true;
    await until(() => bench.records('failed').length === 1);
    bench.fake.options.workers = 1;
    await once(child, 'exit');
    expect(bench.failures()).toMatchObject([
      { attempts: 2, reason: expect.stringMatching(/vanished from the queue/) as string },
    ]);
    expect(bench.fake.jobs).toHaveLength(3);
  });

  it('waits as long as a 429 says, tries 5xx again, and tells submissions without an answer', async () => {
    const bench = await startServerlessBench(2);
    bench.fake.faults.push(
      { on: 'POST /run', fault: { status: 429, headers: { 'retry-after': '1' } } },
      { on: 'GET /status', fault: { status: 503 } },
    );
    const begun = Date.now();
    const run = await bench.run();
    expect(bench.figures(run.stdout)).toMatchObject({ graphs: 2, failed: 0 });
    expect(Date.now() - begun).toBeGreaterThan(1000);
    expect(bench.fake.jobs).toHaveLength(2);
    writeFileSync(join(bench.images, 'plan_00.PNG'), roomPng(500));
    bench.fake.faults.push({ on: 'POST /run', fault: 'lost-after' });
    const lost = await bench.run();
    expect(lost.code, lost.stderr).toBe(0);
    expect(bench.figures(lost.stdout)).toMatchObject({ graphs: 2, failed: 0 });
    expect(lost.stdout).toMatch(/1 submissions were cut off before their answer/);
  });

  it('ends with one line and code 2 for what the user can mend; jobs under way are fetched later', async () => {
    const bench = await startServerlessBench(3, { workers: 0 });
    const refused = async (env: Record<string, string>) => {
      const { code, stderr } = await bench.run(env);
      expect(code, stderr).toBe(2);
      expect(stderr.trim().split('\n')).toHaveLength(1);
      return stderr;
    };
    expect(await refused({ RUNPOD_ENDPOINT_ID: '' })).toMatch(
      /set cv\.runpod\.endpointId, or RUNPOD_ENDPOINT_ID/,
    );
    expect(await refused({ RUNPOD_API_KEY: '' })).toMatch(/RUNPOD_API_KEY is not set/);
    expect(await refused({ RUNPOD_API_KEY: 'rpa_other' })).toMatch(/answered 401.*check the API key/);
    expect(await refused({ RUNPOD_ENDPOINT_ID: 'ep2' })).toMatch(/look whether endpoint ep2 is there/);
    expect(await refused({ RUNPOD_ENDPOINT_ID: 'no endpoint' })).toMatch(/no endpoint id/);
    expect(bench.fake.jobs).toEqual([]);
    // In the middle.
    bench.fake.faults.push({ on: 'GET /status', fault: { status: 401 } });
    const cut = await bench.run();
    expect(cut.code).toBe(2);
    expect(cut.stderr).toMatch(/jobs are still under way: the same command fetches them/);
    const jobs = bench.fake.jobs.length;
    expect(jobs).toBeGreaterThan(0);
    bench.fake.options.workers = 4;
    expect(bench.figures((await bench.run()).stdout)).toMatchObject({ graphs: 3, 'jobs picked up': jobs });
    expect(bench.fake.jobs).toHaveLength(3);
  });

  it('has a fingerprint under Nx that covers the endpoint and the drawings, and not the key', async () => {
    const { images, data } = await startServerlessBench(1);
    const fingerprint = async (env: Record<string, string>, runpod: object = {}) => {
      const flags = { images, data, cv: { engine: 'runpod-serverless', runpod } };
      return JSON.stringify(await phaseFingerprint('phase1', await loadConfig({ env: {}, flags }), env));
    };
    const one = await fingerprint({ RUNPOD_ENDPOINT_ID: 'ep1', RUNPOD_API_KEY: FAKE_KEY });
    expect(one).not.toContain(FAKE_KEY);
    expect(await fingerprint({ RUNPOD_ENDPOINT_ID: 'ep1' }, { inFlight: 3, pricePerSecond: 1 })).toBe(one);
    expect(await fingerprint({}, { endpointId: 'ep1' })).toBe(one);
    expect(await fingerprint({ RUNPOD_ENDPOINT_ID: 'ep2' })).not.toBe(one);
    writeFileSync(join(images, 'plan_00.PNG'), roomPng(500));
    expect(await fingerprint({ RUNPOD_ENDPOINT_ID: 'ep1' })).not.toBe(one);
  });

  it('writes the key nowhere, whatever is said of it', async () => {
    const bench = await startServerlessBench(3);
    bench.fake.faults.push({ on: 'POST /run', fault: { status: 400, detail: `bad key ${FAKE_KEY}` } });
    const { stdout, stderr } = await bench.run();
    expect(stdout + stderr + bench.written()).not.toContain(FAKE_KEY);
    expect(JSON.stringify(bench.failures())).toContain('bad key ***');
    for (const { input } of bench.fake.jobs) expect(JSON.stringify(input)).not.toContain(FAKE_KEY);
  });
});
