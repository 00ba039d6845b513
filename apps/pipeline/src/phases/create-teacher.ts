import { createGeminiTeacher, createOpenAiTeacher, createRuleBasedTeacher } from '@arae/labelers';
import type { Teacher } from '@arae/labelers';
import type { PipelineConfig, TeacherConfig } from '../config/config-schema.ts';
import { UsageError } from '../errors.ts';

/** Where the bundled simulator listens, and what stands for it in the identity of the teachers. */
export interface SimulatedEndpoint {
  openAiBaseUrl: string;
  geminiBaseUrl: string;
  /** Without the port, which is another one in every run. */
  endpoint: string;
}

/**
 * Makes the teacher of a name from its settings.
 *
 * @throws UsageError when there is no such teacher, or its key is not set.
 */
export function createTeacher(
  name: string,
  config: PipelineConfig,
  env: Readonly<Record<string, string | undefined>>,
  simulated: SimulatedEndpoint | null,
): Teacher {
  const settings = teacherSettings(name, config);
  if (settings.provider === 'rule-based') return createRuleBasedTeacher();
  const apiKey = simulated === null ? env[settings.apiKeyEnv] : 'simulated';
  if (apiKey === undefined || apiKey === '') {
    throw new UsageError(
      `${name}: ${settings.apiKeyEnv} is not set: put the key into the environment or .env, or use --simulate`,
    );
  }
  const common = {
    name,
    apiKey,
    model: settings.model,
    temperature: settings.temperature,
    maxOutputTokens: settings.maxOutputTokens,
    timeoutMs: config.labeling.requestTimeoutMs,
    endpoint: simulated?.endpoint,
  };
  return settings.provider === 'openai'
    ? createOpenAiTeacher({
        ...common,
        baseURL: simulated?.openAiBaseUrl ?? settings.baseURL ?? env['OPENAI_BASE_URL'],
        reasoningEffort: settings.reasoningEffort,
      })
    : createGeminiTeacher({
        ...common,
        baseURL: simulated?.geminiBaseUrl ?? settings.baseURL ?? env['GEMINI_BASE_URL'],
        thinkingLevel: settings.thinkingLevel,
        apiVersion: settings.apiVersion ?? undefined,
      });
}

/** @throws UsageError when there is no such teacher. */
export function teacherSettings(name: string, config: PipelineConfig): TeacherConfig {
  const settings = config.labeling.teachers[name];
  if (settings === undefined) {
    throw new UsageError(
      `there is no teacher "${name}": configured are ${Object.keys(config.labeling.teachers).sort().join(', ')}`,
    );
  }
  return settings;
}
