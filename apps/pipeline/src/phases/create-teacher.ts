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
 * Makes the teacher of a name from its settings. Nothing is sent yet, so its key may be missing.
 *
 * @throws UsageError when there is no such teacher, or its base URL is none.
 */
export function createTeacher(
  name: string,
  config: PipelineConfig,
  env: Readonly<Record<string, string | undefined>>,
  simulated: SimulatedEndpoint | null,
): Teacher {
  const settings = teacherSettings(name, config);
  if (settings.provider === 'rule-based') return createRuleBasedTeacher();
  // A client wants some key to be made; requireKey sees to it before anything is sent.
  const key = settings.apiKeyEnv === null ? undefined : env[settings.apiKeyEnv];
  const apiKey = simulated === null ? key || 'not-set' : 'simulated';
  const common = {
    name,
    apiKey,
    model: settings.model,
    temperature: settings.temperature,
    maxOutputTokens: settings.maxOutputTokens,
    timeoutMs: config.labeling.requestTimeoutMs,
    endpoint: simulated?.endpoint,
  };
  if (settings.provider === 'openai-compatible') {
    return createOpenAiTeacher({
      ...common,
      baseURL: simulated?.openAiBaseUrl ?? baseUrlOf(settings.baseURL),
      reasoningEffort: settings.reasoningEffort,
      outputLimitName: settings.outputLimitName,
      responseFormat: settings.responseFormat,
      extraBody: settings.extraBody ?? undefined,
      query: settings.query ?? undefined,
      keyHeader: settings.keyHeader ?? undefined,
      isPaid: settings.isPaid,
    });
  }
  return settings.provider === 'openai'
    ? createOpenAiTeacher({
        ...common,
        baseURL: simulated?.openAiBaseUrl ?? baseUrlOf(settings.baseURL, env['OPENAI_BASE_URL']),
        reasoningEffort: settings.reasoningEffort,
      })
    : createGeminiTeacher({
        ...common,
        baseURL:
          simulated?.geminiBaseUrl ??
          baseUrlOf(settings.baseURL, env['GEMINI_BASE_URL'], env['GOOGLE_GEMINI_BASE_URL']),
        thinkingLevel: settings.thinkingLevel,
        apiVersion: settings.apiVersion ?? undefined,
      });
}

/** @throws UsageError when the teacher's key is not set. */
export function requireKey(
  name: string,
  config: PipelineConfig,
  env: Readonly<Record<string, string | undefined>>,
): void {
  const settings = teacherSettings(name, config);
  if (settings.provider === 'rule-based' || settings.apiKeyEnv === null || env[settings.apiKeyEnv]) return;
  throw new UsageError(
    `${name}: ${settings.apiKeyEnv} is not set: put the key into the environment or .env, or use --simulate`,
  );
}

/** The first that is set. The address is part of a request's name, so one spelling of it is kept: no slash at the end. */
function baseUrlOf(...candidates: (string | null | undefined)[]): string | undefined {
  const url = candidates.find((candidate) => candidate != null && candidate !== '');
  if (url == null) return undefined;
  if (!URL.canParse(url) || !/^https?:/.test(url)) {
    throw new UsageError(
      `the base URL "${url}" is none: check labeling.teachers and the environment's …_BASE_URL`,
    );
  }
  return url.replace(/\/+$/, '');
}

/** @throws UsageError when there is no such teacher. */
export function teacherSettings(name: string, config: PipelineConfig): TeacherConfig {
  const { teachers } = config.labeling;
  const settings = Object.hasOwn(teachers, name) ? teachers[name] : undefined;
  if (settings === undefined) {
    throw new UsageError(
      `there is no teacher "${name}": configured are ${Object.keys(teachers).sort().join(', ')}`,
    );
  }
  return settings;
}
