import type { Runner } from '../runner.ts';
import { LOCAL_VARIABLES } from './stage-inputs.ts';

/** A way from a port of the pod to one of this machine. */
export interface Tunnel {
  readonly farPort: number;
  readonly port: number;
}

export interface HandedEnvironment {
  readonly variables: Readonly<Record<string, string>>;
  readonly tunnels: readonly Tunnel[];
}

const HANDED = /^(?:ARAE_PIPELINE_|OPENAI_|GEMINI_|GOOGLE_GEMINI_|EMBEDDINGS_|HF_TOKEN$)/;

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
    variables[name] = value.replace(
      /^(https?:\/\/)(?:localhost|127\.0\.0\.1):(\d+)/,
      (_, scheme: string, text: string) => {
        const port = Number(text);
        // The same at every attachment, and away from ports that programs like to take.
        const farPort = 20_000 + (port % 12_000);
        tunnels.set(port, { farPort, port });
        return `${scheme}127.0.0.1:${farPort}`;
      },
    );
  }
  return { variables, tunnels: [...tunnels.values()] };
}
