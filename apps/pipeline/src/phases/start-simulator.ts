import { jsonFaultOf, zodFaultOf } from '@arae/floorplan';
import { readTextFile } from '@arae/progress';
import type { FaultsInput } from '@arae/teacher-simulator';
import { z } from 'zod';
import type { PipelineConfig } from '../config/config-schema.ts';
import { UsageError } from '../errors.ts';
import type { SimulatedEndpoint } from './create-teacher.ts';
import { simulatorEndpoint } from './simulator-endpoint.ts';

export interface RunningSimulator extends SimulatedEndpoint {
  close(): Promise<void>;
}

/**
 * Starts the bundled teacher simulator on a free port of the loopback.
 *
 * @param logFile with faults, what the simulator has done so far: a fault hangs on how often a request came, so a run that is
 *   killed and started again must go on counting
 */
export async function startSimulator(
  settings: PipelineConfig['simulator'],
  logFile: string,
): Promise<RunningSimulator> {
  // Only now, so that runs against real teachers never load it.
  const { startTeacherSimulator, faultsSchema } = await import('@arae/teacher-simulator');
  const { seed, mistakes, faultsPath } = settings;
  const faults = faultsPath === null ? null : await readFaults(faultsPath, faultsSchema);
  const simulator = await startTeacherSimulator({
    seed,
    mistakes,
    ...(faults === null ? {} : { faults, logFile }),
  });
  return {
    openAiBaseUrl: simulator.openAiBaseUrl,
    geminiBaseUrl: simulator.geminiBaseUrl,
    endpoint: simulatorEndpoint(settings),
    close: () => simulator.close(),
  };
}

async function readFaults(
  path: string,
  schema: { parse(value: unknown): FaultsInput },
): Promise<FaultsInput> {
  try {
    return schema.parse(JSON.parse(await readTextFile(path)));
  } catch (error) {
    const detail = error instanceof z.ZodError ? zodFaultOf(error) : jsonFaultOf(error);
    throw new UsageError(`simulator faults ${path}: ${detail}`);
  }
}
