import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseDetections } from '@arae/cv-inference';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { generatePlan } from '../generate-plan.ts';
import { writePlans } from './write-plans.ts';

let outDir: string;

beforeEach(async () => {
  outDir = await mkdtemp(join(tmpdir(), 'plan-generator-'));
});
afterEach(async () => {
  await rm(outDir, { recursive: true, force: true });
});

describe('writePlans', () => {
  it('writes drawing, graph and detections of each plan', async () => {
    const stems: string[] = [];
    const onProgress = ({ stem }: { stem: string }) => void stems.push(stem);
    const summary = await writePlans({ count: 2, seed: 9, outDir, drawings: true, onProgress });
    expect(summary.count).toBe(2);
    expect(await listed(outDir)).toEqual(
      stems
        .flatMap((stem) => [
          `detections/${stem}.json`,
          `graphs/${stem}/topology_graph.json`,
          `images/${stem}.PNG`,
        ])
        .sort(),
    );
    const stem = stems[0] as string;
    const detections = parseDetections(await readFile(join(outDir, 'detections', `${stem}.json`), 'utf8'));
    expect(detections).toEqual(generatePlan({ seed: 9, index: 0 }).detections);
  });

  it('writes the same bytes again, into a folder of another seed too', async () => {
    await writePlans({ count: 5, seed: 9, outDir, drawings: false });
    const first = await contents(outDir);
    await writePlans({ count: 5, seed: 9, outDir, drawings: false });
    expect(await contents(outDir)).toEqual(first);
    await writePlans({ count: 1, seed: 10, outDir, drawings: false });
    expect(await contents(outDir)).toMatchObject(first);
  });

  it('writes the same bytes with any number of threads', { timeout: 60_000 }, async () => {
    const summary = await writePlans({ count: 4, seed: 9, outDir, drawings: true });
    const alone = await contents(outDir);
    await rm(outDir, { recursive: true });
    expect(await writePlans({ count: 4, seed: 9, outDir, drawings: true, workers: 2 })).toEqual(summary);
    expect(await contents(outDir)).toEqual(alone);
  });

  it('stops its threads when told, and leaves whole files', async () => {
    const abort = new AbortController();
    const params = { count: 200, seed: 9, outDir, drawings: false, workers: 2, signal: abort.signal };
    const written = writePlans({ ...params, onProgress: ({ done }) => done === 3 && abort.abort() });
    await expect(written).rejects.toThrow();
    const names = await listed(outDir);
    expect(names.length).toBeLessThan(200);
    expect(names.filter((name) => name.includes('.tmp'))).toEqual([]);
  });

  it('spells floats as the service does', async () => {
    await writePlans({ count: 1, seed: 9, outDir, drawings: false });
    const files = Object.values(await contents(outDir)).join('');
    expect(files).toMatch(/"area": \d+\.0,/);
    expect(files).toMatch(/"total_inside_area": \d+\.0,/);
    expect(files).not.toContain('.tmp');
  });

  it('stops when told', async () => {
    const abort = new AbortController();
    const written = writePlans({
      count: 50,
      seed: 9,
      outDir,
      drawings: false,
      signal: abort.signal,
      onProgress: ({ done }) => done === 2 && abort.abort(),
    });
    await expect(written).rejects.toThrow();
    expect((await listed(outDir)).length).toBe(4);
  });

  it('refuses a count that is none', async () => {
    await expect(writePlans({ count: 0, seed: 9, outDir, drawings: false })).rejects.toThrow(RangeError);
  });
});

async function listed(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort();
}

async function contents(folder: string): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const name of await listed(folder)) files[name] = await readFile(join(folder, name), 'utf8');
  return files;
}
