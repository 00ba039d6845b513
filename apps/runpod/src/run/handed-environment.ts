import type { Runner } from '../runner.ts';
import { LOCAL_VARIABLES } from './stage-inputs.ts';

/** A way from a port of the pod's loopback to the same port of this machine, so that a server's address stays what it is. */
export interface Tunnel {
  /** Of this machine's loopback. */
  readonly host: string;
  readonly port: number;
}

export interface HandedEnvironment {
  readonly variables: Readonly<Record<string, string>>;
  readonly tunnels: readonly Tunnel[];
}

const HANDED = /^(?:ARAE_PIPELINE_|OPENAI_|GEMINI_|GOOGLE_GEMINI_|EMBEDDINGS_|HF_TOKEN$)/;

const LOOPBACK = /^(https?:\/\/)(localhost|127(?:\.\d+){3}):(\d+)/;

/**
 * What a run on the pod gets of this machine's environment: settings of the pipeline, and the keys for what it does. Addresses on
 * this machine's loopback are led there through a tunnel.
 *
 * @param steps phases of the run; without phase 3 no teacher's key is handed over
 */
export function handedEnvironment(env: Runner['env'], steps: readonly string[]): HandedEnvironment {
  const labels = steps.some((step) => step.startsWith('3'));
  const variables: Record<string, string> = {};
  const tunnels = new Map<number, Tunnel>();
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined || !HANDED.test(name) || LOCAL_VARIABLES.has(name)) continue;
    if (!labels && /^(?:OPENAI|GEMINI|GOOGLE)_/.test(name)) continue;
    variables[name] = value.replace(LOOPBACK, (_, scheme: string, host: string, port: string) => {
      tunnels.set(Number(port), { host, port: Number(port) });
      return `${scheme}127.0.0.1:${port}`;
    });
  }
  return { variables, tunnels: [...tunnels.values()] };
}
