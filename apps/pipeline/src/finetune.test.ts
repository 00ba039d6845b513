import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { InterruptedError, UsageError } from './errors.ts';
import { findFinetuneCommand } from './finetune/find-finetune-command.ts';
import { FinetuneError, runFinetuneProcess } from './finetune/run-finetune-process.ts';
import { cli, temporaryFolder } from './testing/test-workspace.ts';

const FAKE = fileURLToPath(new URL('./testing/fake-finetune.mjs', import.meta.url));
const REPORT = {
  machine: { backend: 'unsloth', name: 'NVIDIA A100' },
  notes: ['a note'],
  steps: 300,
  planned_steps: 339,
  best_step: 200,
  best_eval_loss: 0.25,
  tokens_per_second: 3100.5,
  out_of_memory: [],
  serve: 'vllm serve Qwen/Qwen3-8B',
};

/** A data folder, and the command line on it with a stand-in for arae-finetune. */
function prepare(finetune: object = {}) {
  const data = temporaryFolder();
  const config = join(data, 'config.json');
  const log = join(data, 'calls.jsonl');
  writeFileSync(config, JSON.stringify({ finetune: { command: [process.execPath, FAKE], ...finetune } }));
  return {
    data,
    phase6: (behaviour: object, ...flags: string[]) =>
      cli(['phase6', '--data', data, '--config', config, ...flags], {
        cwd: data,
        env: { FAKE_FINETUNE: JSON.stringify(behaviour), FAKE_FINETUNE_LOG: log },
      }),
    calls: (): { args: string[]; settings: Record<string, unknown> }[] =>
      existsSync(log)
        ? readFileSync(log, 'utf8')
            .trimEnd()
            .split('\n')
            .map((line) => JSON.parse(line) as { args: string[]; settings: Record<string, unknown> })
        : [],
  };
}

describe('phase6', { timeout: 300_000 }, () => {
  it('hands the settings over and shows what came out', async () => {
    const { data, phase6, calls } = prepare({ loraRank: 32 });
    const result = await phase6(
      { lines: ['step 1 of 339: loss 2.1'], output: JSON.stringify(REPORT) },
      '--json',
    );
    expect(result.code, result.stderr).toBe(0);
    expect(result.stderr).toContain('step 1 of 339: loss 2.1');
    expect(result.stderr).toContain('serve it: vllm serve Qwen/Qwen3-8B');
    expect(JSON.parse(result.stdout)).toMatchObject({
      phase: 'phase6',
      figures: { trained: 'unsloth on NVIDIA A100', steps: '300 of 339', 'evaluation loss': 0.25 },
      warnings: ['a note'],
    });
    const [call] = calls();
    const out = join(data, 'qwen3_finetuned');
    expect(call?.args).toEqual([
      ...['train', '--data', data, '--settings', join(out, 'settings.json')],
      ...['--out', out, '--json'],
    ]);
    expect(call?.settings).toMatchObject({ baseModel: 'Qwen/Qwen3-8B', loraRank: 32, loraAlpha: 128 });
    expect(call?.settings).not.toHaveProperty('command');
  });

  it('passes flags on, and merges after the training', async () => {
    const { phase6, calls } = prepare({ requireManifest: false });
    const behaviour = { output: `a library says hello\n${JSON.stringify(REPORT)}\n` };
    const result = await phase6(behaviour, '--resume', '--merge', '--base-model', '/models/qwen3');
    expect(result.code, result.stderr).toBe(0);
    expect(calls().map(({ args }) => args[0])).toEqual(['train', 'merge']);
    expect(calls()[0]?.args.slice(-2)).toEqual(['--resume', '--without-manifest']);
    expect(calls()[0]?.settings).toMatchObject({ baseModel: '/models/qwen3' });
  });

  it('shows rows and trains nothing with --preview', async () => {
    const { phase6, calls } = prepare();
    const result = await phase6({ output: '── row 1\n⟦{}⟧\n' }, '--preview', '2');
    expect(result.code, result.stderr).toBe(0);
    expect(result.stderr).toContain('── row 1\n⟦{}⟧');
    expect(calls().map(({ args }) => [args[0], ...args.slice(-2)])).toEqual([['preview', '--show', '2']]);
  });

  it.each([
    [1, 'train.jsonl, line 3: has 80 tokens here, 81 in phase 5: give both the tokenizer'],
    [2, 'GPU: PyTorch finds none: train on a machine with one'],
  ])('gives exit code %i on with its own line', async (code, line) => {
    const { phase6 } = prepare();
    const result = await phase6({ lines: [`arae-finetune: ${line}`], code });
    expect(result.stderr).toBe(`arae-pipeline: ${line}\n`);
    expect(result.code).toBe(code);
  });

  it('says how to go on when the program breaks without a line of its own', async () => {
    const { phase6 } = prepare();
    const result = await phase6({ lines: ['Traceback', 'ValueError: odd'], code: 7 });
    expect(result.stderr.trimEnd().split('\n').at(-1)).toBe(
      'arae-pipeline: arae-finetune ended by exit code 7 (ValueError: odd): phase6 --resume goes on from the last checkpoint',
    );
    expect(result.code).toBe(1);
  });

  it('refuses wrong flags and a program that is not there', async () => {
    const { phase6 } = prepare();
    expect((await phase6({}, '--resume', '--restart')).stderr).toMatch(
      /--resume and --restart cannot both be/,
    );
    expect((await phase6({}, '--preview', '0')).stderr).toMatch(/--preview must be a whole number from 1/);
    const missing = prepare({ command: ['/no/such/python'] });
    const result = await missing.phase6({});
    expect(result.stderr).toMatch(/^arae-pipeline: \/no\/such\/python cannot be started \(ENOENT\): install/);
    expect(result.code).toBe(2);
  });

  it('refuses a program that prints no report', async () => {
    const { phase6 } = prepare();
    const result = await phase6({ output: 'hello' });
    expect(result.stderr).toMatch(/did not print its report/);
    expect(result.code).toBe(2);
  });
});

describe('runFinetuneProcess', { timeout: 300_000 }, () => {
  const command = { program: process.execPath, args: [FAKE], env: {} };

  function start(behaviour: object, say: (line: string) => void, stop = new AbortController()) {
    const folder = temporaryFolder();
    const settings = join(folder, 'settings.json');
    writeFileSync(settings, '{}');
    const env = {
      ...process.env,
      FAKE_FINETUNE: JSON.stringify(behaviour),
      FAKE_FINETUNE_LOG: join(folder, 'calls.jsonl'),
    };
    return runFinetuneProcess(command, ['train', '--settings', settings], {
      env,
      stop: stop.signal,
      abort: new AbortController().signal,
      say,
    });
  }

  it('asks for an orderly stop, and waits for it', async () => {
    const stop = new AbortController();
    const training = start({ wait: true }, (line) => line === 'waiting' && stop.abort(), stop);
    await expect(training).rejects.toBeInstanceOf(InterruptedError);
  });

  it('starts nothing after a stop', async () => {
    const stop = new AbortController();
    stop.abort();
    await expect(start({}, () => undefined, stop)).rejects.toBeInstanceOf(InterruptedError);
  });

  it('tells checks that failed from what the user can mend', async () => {
    const failed = start({ lines: ['arae-finetune: a'], code: 1 }, () => undefined);
    await expect(failed).rejects.toEqual(new FinetuneError('a', 1));
    const wrong = start({ lines: ['arae-finetune: b'], code: 2 }, () => undefined);
    await expect(wrong).rejects.toEqual(new UsageError('b'));
  });
});

describe('findFinetuneCommand', () => {
  it('takes the configured program as it is', () => {
    expect(findFinetuneCommand(['docker', 'run', 'image'], { PYTHON: 'other' })).toEqual({
      program: 'docker',
      args: ['run', 'image'],
      env: {},
    });
  });

  it('takes the interpreter that PYTHON names, with the sources of the workspace', () => {
    const { program, args, env } = findFinetuneCommand(null, { PYTHON: '/opt/python', PYTHONPATH: '/mine' });
    expect([program, ...args]).toEqual(['/opt/python', '-m', 'arae_finetune']);
    const [sources = '', mine] = (env['PYTHONPATH'] ?? '').split(':');
    expect(existsSync(join(sources, 'arae_finetune', 'cli.py'))).toBe(true);
    expect(mine).toBe('/mine');
  });
});
