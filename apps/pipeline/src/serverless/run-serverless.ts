import { createServerlessClient, RunpodError } from '@arae/runpod';
import type { ServerlessClient } from '@arae/runpod';
import { readSampledStems } from '../data-folder.ts';
import { UsageError } from '../errors.ts';
import { CV_PROGRESS, runDrawings } from '../phases/run-drawings.ts';
import type { DrawingEngine } from '../phases/run-drawings.ts';
import { cvRecordName } from '../phases/cv-journal.ts';
import { withFolderLock } from '../phases/with-folder-lock.ts';
import type { PhaseSummary, RunContext } from '../run-context.ts';
import { analyseOnServerless } from './analyse-on-serverless.ts';
import { emptyTally, estimateLine, tallyFigures } from './job-tally.ts';
import { readJobHistory } from './serverless-journal.ts';
import type { JobHistory } from './serverless-journal.ts';
import { endpointIdOf, serverlessProvenance } from './serverless-provenance.ts';

/**
 * Phase 1 on ARAE's serverless worker: one job per drawing. The journal holds the jobs, so that a run after a crash fetches
 * what is in the queue instead of paying for it again.
 *
 * @throws UsageError without an endpoint or a key, and where RunPod refuses them
 */
export async function runServerless(context: RunContext, images: string): Promise<PhaseSummary> {
  const { folder, display } = context;
  const client = openClient(context);
  return withFolderLock(context, 'phase1', async () => {
    const sampled = await readSampledStems(folder);
    // A wrong key or endpoint is told before any drawing is read.
    await client.check(context.abort).catch(asUsage);
    const history = await readJobHistory(folder.journal(CV_PROGRESS));
    display.log(`phase1: ARAE's worker at RunPod, endpoint ${client.endpointId}`);
    const engine = serverlessEngine(context, client, history);
    return runDrawings(context, { engine, images, sampled }).catch(asUsage);
  });
}

function openClient({ config, env, clock }: RunContext): ServerlessClient {
  const { runpod } = config.cv;
  const endpointId = endpointIdOf(runpod, env);
  if (endpointId === undefined) {
    throw new UsageError(
      'cv.engine is runpod-serverless without an endpoint: set cv.runpod.endpointId, or RUNPOD_ENDPOINT_ID in the environment or .env',
    );
  }
  const apiKey = env[runpod.apiKeyEnv] ?? '';
  if (apiKey === '') {
    throw new UsageError(
      `${runpod.apiKeyEnv} is not set: put RunPod's key into the environment or .env (cv.runpod.apiKeyEnv names the variable)`,
    );
  }
  try {
    return createServerlessClient({
      apiKey,
      endpointId,
      baseURL: runpod.baseURL ?? undefined,
      fetch: (...request) => fetch(...request),
      sleep: (ms, signal) => clock.sleep(ms, signal),
      now: () => clock.now(),
    });
  } catch (error) {
    return asUsage(error);
  }
}

function serverlessEngine(context: RunContext, client: ServerlessClient, history: JobHistory): DrawingEngine {
  const { config, display, env } = context;
  const { pricePerSecond } = config.cv.runpod;
  const tally = emptyTally();
  return {
    taskName: 'phase1 serverless',
    provenance: serverlessProvenance(config.cv.runpod, env),
    async *analyse(drawings, { journal, task }) {
      if (drawings.length === 0) return;
      const open = drawings.filter(({ id, key }) => history.open.has(cvRecordName(id, key))).length;
      display.log(`phase1: ${estimateLine(drawings.length, open, history, pricePerSecond)}`);
      yield* analyseOnServerless({ drawings, history, client, journal, task, tally, context });
    },
    figures: () => tallyFigures(tally, history, pricePerSecond),
    warnings() {
      const isNew = tally.jobs > 0 || tally.unclear > 0;
      const unclear = isNew ? tally.unclear + history.unclear : 0;
      return [
        ...(tally.shrunk === 0
          ? []
          : [
              `${tally.shrunk} drawings were made smaller for the queue; their provenance.json says how, and their graphs have the coordinates of what was sent`,
            ]),
        ...(unclear === 0
          ? []
          : [
              `${unclear} submissions were cut off before their answer, earlier runs included: such a job may have run, and be billed, without its result`,
            ]),
        ...(tally.jobs > 0
          ? ['the cost is that of execution alone: starting and idle workers are billed by RunPod on top']
          : []),
      ];
    },
  };
}

const USERS_TO_MEND = new Set(['bad-key', 'no-balance', 'forbidden', 'not-found', 'bad-option']);

/** What the user can mend ends with the code for that. */
function asUsage(error: unknown): never {
  if (error instanceof RunpodError && USERS_TO_MEND.has(error.code)) throw new UsageError(error.message);
  throw error;
}
