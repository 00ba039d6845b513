import type { Random } from '@arae/floorplan';
import type { Clock } from '@arae/progress';
import { TeacherError } from '../errors/teacher-errors.ts';
import type { ModelInfo, Teacher } from '../teachers/teacher.ts';
import { createRetryWaits } from './retry-waits.ts';
import type { RetryPolicy } from './retry-policy.ts';

export interface FindModelOptions {
  policy: RetryPolicy;
  clock: Clock;
  random: Random;
  stop: AbortSignal;
}

/**
 * Looks a teacher's model up, and tries again after a fault or a 429 as a request for a label does: one hiccup must not end
 * a night before it begins.
 *
 * @throws TeacherError when it cannot be mended by waiting or the tries are used up; the stop signal's reason.
 */
export async function findModelPatiently(teacher: Teacher, options: FindModelOptions): Promise<ModelInfo> {
  const waits = createRetryWaits(options.policy, options.random);
  for (;;) {
    try {
      return await teacher.findModel(options.stop);
    } catch (error) {
      if (!(error instanceof TeacherError)) throw error;
      const waitMs = waits.after(error);
      if (waitMs === null) throw error;
      await options.clock.sleep(waitMs, options.stop);
    }
  }
}
