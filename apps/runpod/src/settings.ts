import { z } from 'zod';
import { UsageError } from './errors.ts';

const list = z.string().transform((text) =>
  text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== ''),
);
const hours = z.number().positive();

/** Everything that can be set by a flag, or by `ARAE_RUNPOD_` and the flag's name in capitals. */
const settingsSchema = z.object({
  data: z.string().min(1).default('training_data'),
  config: z.string().optional(),
  /** USD and hours since the pod was rented, after which it is stopped. */
  maxCost: z.number().positive().default(30),
  maxHours: hours.default(12),
  /** Minutes without any work after which the pod stops itself. */
  idleMinutes: z.number().positive().default(20),
  /** Minutes from the renting within which a pod must answer over SSH; else it is given back. */
  sshMinutes: z.number().positive().default(20),
  gpu: list.optional(),
  cloud: z.enum(['SECURE', 'COMMUNITY']).default('SECURE'),
  dataCenter: list.optional(),
  networkVolume: z.string().optional(),
  /** The S3 interface of the network volume; default: RunPod's for its data centre. */
  s3Endpoint: z.url().optional(),
  s3Region: z.string().min(1).optional(),
  volumeSize: z.int().min(10).default(100),
  image: z.string().min(1).default('runpod/pytorch:1.0.3-cu1281-torch291-ubuntu2404'),
  /** Where the volume lies on the pod. */
  workspace: z.string().startsWith('/').default('/workspace'),
  /** How arae-pipeline is started there, where the image has it; else the project's bundle is brought along. */
  pipeline: z.string().optional(),
  baseUrl: z.string().default('https://api.runpod.io/v2'),
  /** Milliseconds between looks at a pod that is starting. */
  pollMs: z.number().positive().default(5000),
});
export type Settings = z.infer<typeof settingsSchema>;

const NUMBERS = new Set(['maxCost', 'maxHours', 'idleMinutes', 'sshMinutes', 'volumeSize', 'pollMs']);

/**
 * Flags over environment over defaults.
 * @throws UsageError for a value that is none
 */
export function readSettings(
  flags: Readonly<Record<string, unknown>>,
  env: Readonly<Record<string, string | undefined>>,
): Settings {
  const given: Record<string, unknown> = {};
  for (const name of Object.keys(settingsSchema.shape)) {
    const variable = env[`ARAE_RUNPOD_${name.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`];
    const fromEnv =
      variable === undefined || variable === '' ? undefined : NUMBERS.has(name) ? Number(variable) : variable;
    given[name] = flags[name] ?? fromEnv;
  }
  const parsed = settingsSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const flag = String(issue?.path[0]).replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  throw new UsageError(`--${flag}: ${issue?.message}: see arae-runpod --help`);
}
