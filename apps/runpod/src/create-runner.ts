import { systemClock, type Clock } from '@arae/progress';
import { createRunpodClient } from '@arae/runpod';
import { UsageError } from './errors.ts';
import type { Runner } from './runner.ts';
import { readSettings } from './settings.ts';
import { openState } from './state.ts';

/** What the command line gets of the machine it runs on. */
export interface Machine {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly fetch: typeof fetch;
  readonly clock?: Clock;
  /** Machine output. */
  readonly print: (text: string) => void;
  /** Lines for people. */
  readonly say: (line: string) => void;
  readonly confirm: ((question: string) => Promise<boolean>) | null;
  readonly signal: AbortSignal;
}

/** @throws UsageError for wrong settings, or without a key */
export async function createRunner(
  flags: Readonly<Record<string, unknown>>,
  machine: Machine,
): Promise<Runner> {
  const { env, fetch, clock = systemClock, say, confirm, signal } = machine;
  const settings = readSettings(flags, env);
  const apiKey = env['RUNPOD_API_KEY'] ?? '';
  if (apiKey === '') {
    throw new UsageError("RUNPOD_API_KEY is not set: put RunPod's key into the environment or .env");
  }
  const client = createRunpodClient({
    apiKey,
    baseURL: settings.baseUrl,
    fetch,
    sleep: (ms, stop) => clock.sleep(ms, stop),
    now: () => clock.now(),
  });
  return {
    settings,
    client,
    apiKey,
    state: await openState(settings.data),
    clock,
    env,
    say,
    confirm,
    signal,
  };
}
