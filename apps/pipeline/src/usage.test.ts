import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { generatedGraphs } from './testing/plans.ts';
import { cli, temporaryFolder } from './testing/test-workspace.ts';

/** One line, no stack, the right code, and nothing written. */
async function expectRefusal(args: string[], data: string, told: RegExp, code = 2, env = {}): Promise<void> {
  const before = readdirSync(data, { recursive: true }).sort();
  const result = await cli([...args, '--data', data], { cwd: data, env });
  const lines = result.stderr.trimEnd().split('\n');
  // Progress that was made before it was seen.
  const errors = lines.filter((line) => !/^phase\d: \d+\/\d+/.test(line));
  expect(errors, result.stderr).toHaveLength(1);
  expect(result.stderr).toMatch(told);
  expect(result.stderr).not.toMatch(/\n\s+at /);
  expect(result.stdout).toBe('');
  expect(result.code).toBe(code);
  const after = readdirSync(data, { recursive: true }).sort();
  expect(after.filter((name) => !String(name).startsWith('.locks'))).toEqual(
    before.filter((name) => !String(name).startsWith('.locks')),
  );
}

function folderOfImages(count: number): string {
  const images = temporaryFolder();
  for (let i = 0; i < count; i++) {
    writeFileSync(join(images, `APT_FP_OBJ_${String(i).padStart(9, '0')}.PNG`), 'x'.repeat(100 + i));
  }
  return images;
}

describe('wrong usage and input', { timeout: 60_000 }, () => {
  it.each([
    ['no command', [], /say which command/],
    ['an unknown command', ['phase9'], /phase9|Unknown/],
    ['a misspelt flag', ['phase0', '--limitt', '3'], /limitt/],
    ['a limit that is no number', ['phase0', '--limit', 'many'], /--limit must be a whole number/],
    ['a flag of another phase', ['phase3a', '--sample-size', '5'], /Unknown argument/],
    ['a flag of the simulator without it', ['phase3a', '--faults', 'f.json'], /add --simulate/],
    [
      'a sample size that is no number',
      ['phase0', '--sample-size', 'abc'],
      /--sample-size must be a whole number/,
    ],
    ['a step that does not exist', ['run', '--step', '2,7'], /no step "7"/],
    [
      'an unknown teacher',
      ['phase3', '--teacher', 'claude'],
      /no teacher "claude": configured are gemini, openai, rule-based/,
    ],
    ['no folder of drawings', ['phase0'], /no folder of drawings.*--images/],
    [
      'a folder of drawings that is missing',
      ['phase0', '--images', '/no/such/folder'],
      /\/no\/such\/folder cannot be read \(ENOENT\)/,
    ],
    [
      'a folder of graphs that is missing',
      ['phase1', '--import', '/no/such/folder'],
      /\/no\/such\/folder cannot be read \(ENOENT\)/,
    ],
    ['no folder of graphs', ['phase1'], /--import DIR/],
    ['phase 2 before phase 1', ['phase2'], /sampled_images\.json is missing: run phase0/],
    ['phase 3 before phase 2', ['phase3a', '--simulate'], /sampled_images\.json is missing/],
    ['phase 5 before phase 4', ['phase5'], /selected_model\.txt is missing: run phase4/],
    [
      'a configuration that is missing',
      ['phase0', '--config', '/no/such.json'],
      /\/no\/such\.json cannot be read/,
    ],
  ])('%s', async (_name, args, told) => {
    await expectRefusal(args, temporaryFolder(), told);
  });

  it('an empty folder of drawings', async () => {
    await expectRefusal(
      ['phase0', '--images', temporaryFolder()],
      temporaryFolder(),
      /holds no \.png drawings/,
    );
  });

  it('takes the stratification from a flag', async () => {
    const data = temporaryFolder();
    const args = ['phase0', '--images', folderOfImages(10), '--sample-size', '3', '--data', data, '--json'];
    const none = await cli([...args, '--stratify', 'none']);
    expect((JSON.parse(none.stdout) as { figures: object }).figures).toMatchObject({
      'stratified by': 'none',
    });
    expect((await cli([...args, '--stratify', '('])).code).toBe(2);
  });

  it('speaks one language whatever the machine does', async () => {
    const result = await cli(['phase0', '--foo'], { env: { LANG: 'ko_KR.UTF-8', LC_ALL: 'ko_KR.UTF-8' } });
    expect(result.stderr).toContain('Unknown argument');
  });

  it('more samples asked than there are drawings', async () => {
    const args = ['phase0', '--images', folderOfImages(10), '--sample-size', '11'];
    await expectRefusal(args, temporaryFolder(), /11 drawings were asked but there are 10/);
  });

  it.each([
    ['a misspelt key', '{"smapling": {}}', /no setting "smapling": see/],
    ['a misspelt key inside', '{"sampling": {"sampleSise": 3}}', /no setting "sampleSise" in "sampling"/],
    ['a wrong value', '{"maxFailedShare": 2}', /"maxFailedShare"/],
    ['no JSON', '{\n "data":\n oops\n}', /no JSON/],
  ])('a configuration with %s', async (_name, text, told) => {
    const config = join(temporaryFolder(), 'my config.json');
    writeFileSync(config, text);
    await expectRefusal(['phase0', '--config', config], temporaryFolder(), told);
  });

  it('a misspelt variable of the environment', async () => {
    await expectRefusal(
      ['phase0'],
      temporaryFolder(),
      /environment.*no setting "sampleSise" in "sampling"/,
      2,
      {
        ARAE_PIPELINE_SAMPLING__SAMPLE_SISE: '3',
      },
    );
  });

  it('graphs of which none is good: recorded with the reason, exit 1', async () => {
    const graphs = await generatedGraphs(3);
    const names = readdirSync(graphs).sort();
    writeFileSync(join(graphs, names[0]!, 'topology_graph.json'), '{"nodes": [');
    writeFileSync(join(graphs, names[1]!, 'topology_graph.json'), '{"image_info": {}}');
    const data = temporaryFolder();
    const result = await cli(['phase1', '--import', graphs, '--data', data]);
    expect(result.code).toBe(1);
    expect(readdirSync(join(data, 'output'))).toEqual([names[2]]);
    const progress = JSON.parse(readFileSync(join(data, 'progress/cv_batch_progress.json'), 'utf8')) as {
      completed: string[];
      failed: { id: string; reason: string; attempts: number; at: string }[];
    };
    expect(progress.completed).toEqual([names[2]]);
    expect(progress.failed.map(({ id }) => id)).toEqual([names[0], names[1]]);
    expect(progress.failed[1]?.reason).toMatch(/image_info\.file_name/);
    expect(Date.parse(progress.failed[0]?.at ?? '')).not.toBeNaN();
  });

  it('a graph of the sample that is missing from the import is listed', async () => {
    const graphs = await generatedGraphs(4);
    const data = temporaryFolder();
    await cli(['phase1', '--import', graphs, '--data', data]);
    const [gone] = readdirSync(graphs).sort();
    rmSync(join(graphs, gone!), { recursive: true });
    const result = await cli(['phase1', '--import', graphs, '--data', data]);
    expect(result.code).toBe(1);
    expect(result.stderr).toContain(`${gone}: there is no graph of this drawing`);
  });

  it.each([
    ['a name twice', '["A","B","A"]', /"A" is there twice/],
    ['no name', '[]', /is empty/],
  ])('a sample with %s', async (_name, text, told) => {
    const data = temporaryFolder();
    writeFileSync(join(data, 'sampled_images.json'), text);
    await expectRefusal(['phase2'], data, told);
  });

  it('a base URL that is none', async () => {
    const graphs = await generatedGraphs(2);
    const data = temporaryFolder();
    await cli(['phase1', '--import', graphs, '--data', data]);
    await cli(['phase2', '--data', data]);
    const env = { OPENAI_API_KEY: 'x', OPENAI_BASE_URL: 'nonsense' };
    await expectRefusal(['phase3a'], data, /base URL "nonsense" is none/, 2, env);
  });

  it('a data folder that is a file', async () => {
    const data = temporaryFolder();
    writeFileSync(join(data, 'file'), '');
    const result = await cli([
      'phase0',
      '--images',
      folderOfImages(3),
      '--sample-size',
      '2',
      '--data',
      join(data, 'file'),
    ]);
    expect(result.code).toBe(2);
    expect(result.stderr).toMatch(/choose another --data|is no folder/);
  });

  it('finds graphs whose names another system spells with taken-apart Hangul', async () => {
    const data = temporaryFolder();
    const graphs = await generatedGraphs(1);
    const [stem] = readdirSync(graphs);
    cpSync(join(graphs, stem!), join(graphs, '도면가'.normalize('NFC')), { recursive: true });
    rmSync(join(graphs, stem!), { recursive: true });
    writeFileSync(join(data, 'sampled_images.json'), JSON.stringify(['도면가'.normalize('NFD')]));
    expect((await cli(['phase1', '--import', graphs, '--data', data])).code).toBe(0);
  });

  it('a log that cannot be written does not end a run', async () => {
    const folder = temporaryFolder();
    const graphs = await generatedGraphs(2);
    const data = join(folder, 'data');
    await cli(['phase1', '--import', graphs, '--data', data]);
    writeFileSync(join(folder, 'logs'), 'a file where the folder should be');
    const result = await cli(['run', '--step', '2', '--data', data], { cwd: folder });
    expect(result.code, result.stderr).toBe(0);
    expect(result.stderr).toContain('warning: no log is written');
  });

  it('a sample with a name that leads out of the data folder', async () => {
    const data = temporaryFolder();
    writeFileSync(join(data, 'sampled_images.json'), '["../../etc/passwd"]');
    await expectRefusal(['phase2'], data, /is no name of a drawing/);
  });

  it('a key that is not set, an empty winner, and a winner without labels', async () => {
    const graphs = await generatedGraphs(4);
    const data = temporaryFolder();
    await cli(['phase1', '--import', graphs, '--data', data]);
    await expectRefusal(['phase3a', '--simulate'], data, /run phase2 first/);
    await cli(['phase2', '--data', data]);
    await expectRefusal(['phase3a'], data, /OPENAI_API_KEY is not set.*--simulate/);
    await expectRefusal(['phase3b'], data, /GEMINI_API_KEY is not set/);
    await expectRefusal(['phase4'], data, /no drawing was labelled by all of openai, gemini/);
    writeFileSync(join(data, 'selected_model.txt'), '\n');
    await expectRefusal(['phase5'], data, /selected_model\.txt is empty/);
    writeFileSync(join(data, 'selected_model.txt'), 'gemini\n');
    await expectRefusal(
      ['phase5'],
      data,
      /none of 4 drawings has graph, context and a valid label of gemini/,
    );
  });

  it('a second run on the same folder says who holds it', async () => {
    const graphs = await generatedGraphs(4);
    const data = temporaryFolder();
    await cli(['phase1', '--import', graphs, '--data', data]);
    mkdirSync(join(data, '.locks'), { recursive: true });
    const { hostname } = await import('node:os');
    writeFileSync(
      join(data, '.locks', `phase1.${process.pid}.json`),
      JSON.stringify({
        scope: 'phase1',
        pid: process.pid,
        startTime: null,
        host: hostname(),
        since: '2026-01-01T00:00:00Z',
        command: 'phase1',
      }),
    );
    await expectRefusal(['phase2'], data, new RegExp(`in use by "phase1" \\(process ${process.pid}`));
  });

  it('Ctrl-C ends with 130 and the run goes on later', async () => {
    const graphs = await generatedGraphs(30);
    const data = temporaryFolder();
    await cli(['phase1', '--import', graphs, '--data', data]);
    await cli(['phase2', '--data', data]);
    const faults = join(data, 'faults.json');
    writeFileSync(faults, JSON.stringify({ latencyMs: { distribution: 'fixed', median: 150 } }));
    const { startCli } = await import('./testing/test-workspace.ts');
    const child = startCli(['phase3a', '--simulate', '--faults', faults, '--data', data]);
    const ended = new Promise((resolve) => child.once('exit', resolve));
    const journal = join(data, 'progress/openai_journal.jsonl');
    await expect.poll(() => answersIn(journal), { timeout: 20_000, interval: 5 }).toBeGreaterThan(2);
    child.kill('SIGINT');
    expect(await ended).toBe(130);
    const answered = answersIn(journal);
    expect(answered).toBeLessThan(30);
    const rest = await cli(['phase3a', '--simulate', '--data', data, '--json']);
    expect(rest.code).toBe(0);
    expect((JSON.parse(rest.stdout) as { figures: Record<string, number> }).figures).toMatchObject({
      labelled: 30,
      'from journal': answered,
    });
  });
});

function answersIn(path: string): number {
  try {
    return readFileSync(path, 'utf8').split('"type":"answer"').length - 1;
  } catch {
    return 0;
  }
}
