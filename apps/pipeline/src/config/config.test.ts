import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { pipelineConfigJsonSchema } from './config-json-schema.ts';
import { pipelineConfigSchema } from './config-schema.ts';
import { loadConfig } from './load-config.ts';
import { settingsFromEnvironment } from './settings-from-environment.ts';

describe('the configuration', () => {
  it('has the defaults of the plan', async () => {
    const config = await loadConfig({ env: {}, flags: {} });
    expect(config).toMatchObject({
      data: 'training_data',
      maxFailedShare: 0.02,
      sampling: { sampleSize: 2000, seed: 42, stratify: 'auto', sizeFences: 'tukey' },
      rag: { dimensions: 768, topK: 5, warnBelow: 0.7 },
      labeling: {
        concurrency: 5,
        retry: { faultDelaysMs: [2000, 4000, 8000], rateLimitPauseMs: 60_000, maxAnswers: 2 },
        teachers: {
          openai: { model: 'gpt-4o', temperature: 0.1 },
          gemini: { model: 'gemini-3.1-pro-preview', temperature: null, thinkingLevel: 'LOW' },
        },
      },
      comparison: { sampleSize: 100, seed: 42, threshold: 0.05, minSchemaCompliance: 0.95 },
      dataset: { seed: 42, valRatio: 0.1, testRatio: 0 },
    });
  });

  it('lets flags win over the environment', async () => {
    const env = {
      ARAE_PIPELINE_DATA: 'from-env',
      ARAE_PIPELINE_SAMPLING__SAMPLE_SIZE: '7',
      ARAE_SHARED: '/x',
    };
    expect(await loadConfig({ env, flags: {} })).toMatchObject({
      data: 'from-env',
      sampling: { sampleSize: 7 },
    });
    expect(await loadConfig({ env, flags: { data: 'from-flag', images: undefined } })).toMatchObject({
      data: 'from-flag',
      sampling: { sampleSize: 7 },
    });
  });

  it('lays one setting of a teacher over its defaults, and takes further teachers', () => {
    const config = pipelineConfigSchema.parse({
      labeling: {
        teachers: {
          openai: { model: 'gpt-6-luna', temperature: null },
          second: { provider: 'openai', model: 'x' },
        },
      },
    });
    expect(config.labeling.teachers['openai']).toMatchObject({
      model: 'gpt-6-luna',
      temperature: null,
      apiKeyEnv: 'OPENAI_API_KEY',
    });
    expect(config.labeling.teachers['second']).toMatchObject({
      provider: 'openai',
      model: 'x',
      temperature: 0.1,
    });
    expect(config.labeling.teachers['gemini']).toBeDefined();
  });

  it('refuses a teacher whose name could leave the data folder', () => {
    const teachers = { '../evil': { provider: 'rule-based' } };
    expect(pipelineConfigSchema.safeParse({ labeling: { teachers } }).success).toBe(false);
  });

  it('reads names of the environment in camel case', () => {
    expect(
      settingsFromEnvironment({
        ARAE_PIPELINE_LABELING__RETRY__FAULT_DELAYS_MS: '[1,2]',
        ARAE_PIPELINE_IMAGES: '/a b/c',
        ARAE_PIPELINE_CONFIG: 'not a setting',
        ARAE_PIPELINE_DATA: '',
      }),
    ).toEqual({ labeling: { retry: { faultDelaysMs: [1, 2] } }, images: '/a b/c' });
  });

  it('has a JSON schema for editors that is up to date (npm run config-schema makes it)', () => {
    const file = readFileSync(new URL('../../pipeline.config.schema.json', import.meta.url), 'utf8');
    expect(JSON.parse(file)).toEqual(pipelineConfigJsonSchema());
  });
});
