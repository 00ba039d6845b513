import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { UsageError } from '../errors.ts';
import { temporaryFolder } from '../testing/test-workspace.ts';
import { loadConfig } from './load-config.ts';
import { settingsFromEnvironment } from './settings-from-environment.ts';

afterEach(() => {
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  expect(Object.keys(Object.prototype)).toEqual([]);
});

const load = (text: string, env = {}) => {
  const file = join(temporaryFolder(), 'config.json');
  writeFileSync(file, text);
  return loadConfig({ file, env, flags: {} });
};

describe('names that mean something to JavaScript', () => {
  it.each([
    'ARAE_PIPELINE_CONSTRUCTOR__PROTOTYPE__POLLUTED',
    'ARAE_PIPELINE_RAG__CONSTRUCTOR__PROTOTYPE__POLLUTED',
    'ARAE_PIPELINE___PROTO____POLLUTED',
    'ARAE_PIPELINE_TO_STRING__POLLUTED',
  ])('are unknown settings in the environment: %s', async (name) => {
    settingsFromEnvironment({ [name]: '1' });
    await expect(loadConfig({ env: { [name]: '1' }, flags: {} })).rejects.toThrow(UsageError);
  });

  it.each([
    '{"__proto__":{"polluted":1}}',
    '{"rag":{"__proto__":{"polluted":1,"topK":9}}}',
    '{"constructor":{"prototype":{"polluted":1}}}',
    '{"labeling":{"teachers":{"__proto__":{"provider":"rule-based"}}}}',
    '{"labeling":{"teachers":{"constructor":{"polluted":1}}}}',
  ])('are unknown settings in the file: %s', async (text) => {
    await expect(load(text)).rejects.toThrow(UsageError);
    await expect(load(text, { ARAE_PIPELINE_RAG__TOP_K: '3' })).rejects.toThrow(UsageError);
  });

  it('are no variables that hold JSON', async () => {
    const env = { ARAE_PIPELINE_RAG: '{"__proto__":{"topK":9}}' };
    await expect(loadConfig({ env, flags: {} })).rejects.toThrow('there is no setting "__proto__"');
  });
});

describe('settings that contradict each other', () => {
  it.each([
    { ARAE_PIPELINE_DATA: 'x', ARAE_PIPELINE_DATA__Y: '1' },
    { ARAE_PIPELINE_DATA__Y: '1', ARAE_PIPELINE_DATA: 'null' },
    { ARAE_PIPELINE_RAG: '[]', ARAE_PIPELINE_RAG__TOP_K: '1', ARAE_PIPELINE_DATA: '[' },
    { ARAE_PIPELINE_RAG: `{"topK":${'['.repeat(50_000)}${']'.repeat(50_000)}}` },
  ])('end in one line or in the deeper one: %#', async (env) => {
    const outcome = await loadConfig({ env, flags: {} }).catch((error: unknown) => error);
    if (outcome instanceof Error) expect(outcome).toBeInstanceOf(UsageError);
  });

  it('end in one line where the file is nested for ever', async () => {
    await expect(load(`{"rag":${'['.repeat(50_000)}${']'.repeat(50_000)}}`)).rejects.toThrow(
      'nested too deeply',
    );
  });
});
