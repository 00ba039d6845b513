import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom } from '@arae/floorplan';
import { findModelPatiently, TeacherError } from '@arae/labelers';
import type { Teacher } from '@arae/labelers';
import { UsageError } from '../errors.ts';
import type { SimulatedEndpoint } from '../phases/create-teacher.ts';
import type { RunContext } from '../run-context.ts';
import { sha256OfFile } from '../sha256-of.ts';
import { createServedModel } from './create-served-model.ts';

/** A model in one way of asking it. */
export interface ServedModel {
  role: 'student' | 'base';
  structured: boolean;
  teacher: Teacher;
}

/** Models that the bundled simulator knows as a server of one's own. */
const SIMULATED = { student: 'arae', base: 'qwen3-8b' };

/**
 * The models that are asked, in every way that is set: the student first, structured before free. Nothing is sent yet.
 *
 * @throws UsageError when it is not said which model of which server, or its key is not set
 */
export async function servedModels(
  { config, env, folder }: RunContext,
  simulator: SimulatedEndpoint | null,
): Promise<{ server: string; models: ServedModel[] }> {
  const settings = config.evaluation;
  const server = simulator?.openAiBaseUrl ?? settings.baseURL?.replace(/\/+$/, '');
  const model = settings.model ?? (simulator === null ? null : SIMULATED.student);
  if (server === undefined) {
    throw new UsageError('say which server holds the model: --base-url http://127.0.0.1:8000/v1');
  }
  if (!/^https?:/.test(server)) {
    throw new UsageError(
      `the address ${server} is none of a web server: begin --base-url with http:// or https://`,
    );
  }
  if (model === null) throw new UsageError('say which model of the server is evaluated: --model arae');
  if (model === settings.baseModel) {
    throw new UsageError(
      `--base-model ${model} is the model that is evaluated: name the untuned one, or leave it out`,
    );
  }
  const apiKey = simulator === null ? keyIn(env, settings.apiKeyEnv) : undefined;
  const training = await trainingHash(join(folder.finetuned, 'training_report.json'));
  const ways = settings.structured === 'both' ? [true, false] : [settings.structured === 'on'];
  const asked = [
    { role: 'student' as const, model, training },
    ...(settings.baseModel === null
      ? []
      : [{ role: 'base' as const, model: settings.baseModel, training: null }]),
  ];
  return {
    server: simulator?.endpoint ?? server,
    models: asked.flatMap((one) =>
      ways.map((structured) => ({
        role: one.role,
        structured,
        teacher: createServedModel({
          model: one.model,
          training: one.training,
          structured,
          baseURL: server,
          endpoint: simulator?.endpoint,
          apiKey,
          timeoutMs: settings.requestTimeoutMs,
        }),
      })),
    ),
  };
}

function keyIn(env: RunContext['env'], name: string | null): string | undefined {
  if (name === null) return undefined;
  const key = env[name];
  if (key === undefined || key === '') {
    throw new UsageError(`${name} is not set: put the server's key into the environment or .env`);
  }
  return key;
}

async function trainingHash(report: string): Promise<string | null> {
  return existsSync(report) ? await sha256OfFile(report) : null;
}

/**
 * Looks the models up before a question is asked.
 *
 * @throws UsageError when the server is not there, wants a key, or does not have a model
 */
export async function requireModels(
  { server, models }: { server: string; models: readonly ServedModel[] },
  { config, clock, stop }: RunContext,
): Promise<void> {
  const { retry } = config.labeling;
  const seen = new Set<string>();
  for (const { teacher } of models) {
    if (seen.size === seen.add(teacher.model).size) continue;
    try {
      await findModelPatiently(teacher, {
        // A server that is down is not waited for as long as one that falters on the way.
        policy: { ...retry, faultDelaysMs: retry.faultDelaysMs.slice(0, 1) },
        clock,
        random: createRandom(clock.now() % 2 ** 31),
        stop,
      });
    } catch (error) {
      if (!(error instanceof TeacherError)) throw error;
      refuseKey(error, server);
      throw new UsageError(
        error.isRetryable && error.status === undefined
          ? `${error.message}, or start the server`
          : error.message,
      );
    }
  }
}

/** @throws UsageError when that is what the error is about */
export function refuseKey(error: unknown, server: string): void {
  if (!(error instanceof TeacherError) || (error.status !== 401 && error.status !== 403)) return;
  throw new UsageError(
    `${server} refuses the key (${error.status}): name the variable that holds it with --api-key-env`,
  );
}
