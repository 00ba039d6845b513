import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { mustHoldNoWayOut, readTextFile, writeFileAtomic } from '@arae/progress';
import { z } from 'zod';
import { UsageError } from './errors.ts';

/** Folder of the runner's own things in the data folder. */
export const STATE_FOLDER = '.runpod';

const stateSchema = z.object({
  /** Of the pod; never changes, so that a pod whose creation had no answer is found again. */
  name: z.string(),
  pod: z
    .object({
      id: z.string(),
      gpuId: z.string().nullable(),
      /** USD per hour. */
      price: z.number(),
      /** When it was rented, milliseconds since 1970. */
      createdMs: z.number(),
      /** Its software is there. */
      isPrepared: z.boolean(),
      /** A watchdog runs on it, which stops it whatever becomes of this machine. */
      isWatched: z.boolean().default(true),
      /** It answered once: there may be something on it that is nowhere else. */
      wasReached: z.boolean().default(true),
      /** The last transfer to it came to its end. */
      isPushed: z.boolean(),
    })
    .nullable(),
  run: z
    .object({
      id: z.string(),
      args: z.array(z.string()),
      /** Null while it is not known to have ended. */
      exitCode: z.number().nullable(),
      isPulled: z.boolean(),
    })
    .nullable(),
  /** Number of runs so far, for their names. */
  runs: z.number(),
  /** USD for pods that are gone. */
  spent: z.number(),
});
export type State = z.infer<typeof stateSchema>;

/** What the runner knows from before; it survives crashes of the runner and of the pod. */
export interface StateFile {
  readonly folder: string;
  readonly current: State;
  /** Changes are on the disk when it resolves. */
  update(change: Partial<State>): Promise<void>;
}

/** @throws UsageError when it cannot be read; OutsideLinkError when a link would have it written elsewhere */
export async function openState(data: string): Promise<StateFile> {
  const folder = join(data, STATE_FOLDER);
  const path = join(folder, 'state.json');
  await mustHoldNoWayOut(data, [STATE_FOLDER]);
  let current: State;
  try {
    current = stateSchema.parse(JSON.parse(await readTextFile(path)));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
      throw new UsageError(
        `${path} cannot be read: look into RunPod's console for a pod named arae-…, delete it there, then delete this file`,
      );
    }
    current = { name: `arae-${randomBytes(5).toString('hex')}`, pod: null, run: null, runs: 0, spent: 0 };
    await writeFileAtomic(path, JSON.stringify(current, null, 2));
  }
  return {
    folder,
    get current() {
      return current;
    },
    async update(change) {
      current = { ...current, ...change };
      await writeFileAtomic(path, JSON.stringify(current, null, 2));
    },
  };
}
