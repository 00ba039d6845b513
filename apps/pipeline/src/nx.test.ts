import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DEFAULT_PROMPT_PACK } from '@arae/floorplan';
import { writePlans } from '@arae/plan-generator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashFiles } from './testing/test-workspace.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const PHASES = ['phase0', 'phase1', 'phase2', 'phase3a', 'phase3b', 'phase4', 'phase5'];

let place: string;
let data: string;

beforeAll(async () => {
  mkdirSync(join(root, '.tmp'), { recursive: true });
  // Inside the workspace, since Nx restores outputs there only.
  place = mkdtempSync(join(root, '.tmp', 'nx-'));
  data = join(place, 'data');
  await writePlans({ count: 12, seed: 2, outDir: join(place, 'plans'), drawings: false });
  cpSync(DEFAULT_PROMPT_PACK, join(place, 'pack'), { recursive: true });
});

afterAll(() => rmSync(place, { recursive: true, force: true }));

/** Runs phase 5 through Nx and tells which phases ran and which came from the cache. */
function nx(
  settings: Record<string, unknown> = {},
): Promise<{ code: number; ran: string[]; cached: string[]; output: string }> {
  const config = join(place, 'config.json');
  writeFileSync(
    config,
    JSON.stringify({
      sampling: { sampleSize: 8 },
      topology: { importDir: join(place, 'plans/graphs') },
      prompt: { packDir: join(place, 'pack') },
      ...settings,
    }),
  );
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(?:NX_|ARAE_PIPELINE_|OPENAI_|GEMINI_)/.test(name)),
  );
  const nxBin = join(root, 'node_modules/nx/dist/bin/nx.js');
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [nxBin, 'run', 'pipeline:phase5', `--data=${relative(root, data)}`, '--simulate'],
      {
        cwd: root,
        maxBuffer: 1 << 26,
        env: {
          ...env,
          NX_TUI: 'false',
          NX_DAEMON: 'false',
          NX_CACHE_DIRECTORY: join(place, 'cache'),
          NX_WORKSPACE_DATA_DIRECTORY: join(place, 'nx-data'),
          ARAE_PIPELINE_CONFIG: config,
          NO_COLOR: '1',
        },
      },
      (error, stdout, stderr) => {
        const output = stdout + stderr;
        const cached: string[] = [];
        const ran: string[] = [];
        for (const [, phase = '', rest = ''] of output.matchAll(/^> nx run pipeline:(phase\w+)(.*)$/gm)) {
          (/cache/.test(rest) ? cached : ran).push(phase);
        }
        resolve({
          code: error === null ? 0 : Number(error.code ?? 1),
          ran: ran.sort(),
          cached: cached.sort(),
          output,
        });
      },
    );
  });
}

describe('the phases through Nx', { timeout: 180_000 }, () => {
  it('run what they depend on, come from the cache, and lose nothing that was paid for', async () => {
    const first = await nx();
    expect(first.ran, first.output).toEqual(PHASES);
    expect(first.code).toBe(0);
    const made = hashFiles(data);
    const isPaid = (name: string) => /journal/.test(name);
    expect(Object.keys(made).filter(isPaid)).toHaveLength(2);

    // What a person or another program lays beside the outputs.
    const [stem] = readdirSync(join(data, 'output'));
    const foreign = [
      `output/${stem}/notes.txt`,
      'manual_reviews.jsonl',
      'output/readme.txt',
      'progress/mine.json',
    ];
    for (const name of foreign) writeFileSync(join(data, name), 'mine');
    rmSync(join(data, 'train.jsonl'));
    rmSync(join(data, 'output', stem!, 'llm_analysis_gemini.json'));

    const second = await nx();
    expect(second.cached, second.output).toEqual(PHASES);
    expect(second.ran).toEqual([]);
    const restored = hashFiles(data);
    for (const name of foreign) {
      expect(restored[name], name).toBeDefined();
      delete restored[name];
    }
    expect(restored).toEqual(made);

    // The seed of the split touches phase 5 alone.
    const split = await nx({ dataset: { seed: 7 } });
    expect(split.ran, split.output).toEqual(['phase5']);
    expect(hashFiles(data)['train.jsonl']).not.toBe(made['train.jsonl']);

    // The prompt pack touches what shows it to a model, and what is made of that.
    writeFileSync(
      join(place, 'pack/system.md'),
      `${readFileSync(join(place, 'pack/system.md'), 'utf8')}\n간결하게 씁니다.\n`,
    );
    const pack = await nx();
    expect(pack.ran, pack.output).toEqual(['phase3a', 'phase3b', 'phase4', 'phase5']);
    expect(pack.code).toBe(0);

    // A lost cache: phase 3 runs again, and every answer comes from the journal.
    const paid = hashFiles(data, (name) => !isPaid(name));
    rmSync(join(place, 'cache'), { recursive: true, force: true });
    rmSync(join(place, 'nx-data'), { recursive: true, force: true });
    const lost = await nx();
    expect(lost.ran, lost.output).toEqual(PHASES);
    expect(lost.output.match(/from journal +8$/gm)).toHaveLength(2);
    expect(hashFiles(data, (name) => !isPaid(name))).toEqual(paid);
  });

  it('say what is wrong with a configuration instead of taking an old result', async () => {
    const wrong = await nx({ dataset: { sed: 7 } });
    expect(wrong.code).not.toBe(0);
    expect(wrong.output).toContain('no setting "sed" in "dataset"');
  });
});
