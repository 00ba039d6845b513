import type { Clock } from '@arae/progress';
import type { LabelItem, Teacher, TeacherAnswer } from '../teachers/teacher.ts';
import { makeAnswer } from './make-answer.ts';

/** What a request gets: an answer, or an error to be thrown. `nth` counts the requests for the item from 1. */
export type Reply = (item: LabelItem, nth: number) => TeacherAnswer | Error;

export interface FakeCall {
  id: string;
  /** Milliseconds since 1970, on the clock handed in. */
  startedAt: number;
  endedAt: number | null;
}

export interface FakeTeacher extends Teacher {
  /** All requests in order. */
  readonly calls: readonly FakeCall[];
  /** Most requests at the same time. */
  readonly mostAtOnce: number;
}

/** A teacher in memory, who takes `latencyMs` on the clock for every request. */
export function createFakeTeacher(
  clock: Clock,
  reply: Reply = () => makeAnswer(),
  latencyMs = 100,
): FakeTeacher {
  const calls: FakeCall[] = [];
  const counts = new Map<string, number>();
  let running = 0;
  let mostAtOnce = 0;
  return {
    name: 'fake',
    model: 'fake-1',
    identity: { provider: 'fake', model: 'fake-1' },
    isPaid: true,
    maxOutputTokens: 8192,
    schemaBytes: 3000,
    calls,
    get mostAtOnce() {
      return mostAtOnce;
    },
    findModel: () => Promise.resolve({ id: 'fake-1', shutdownDate: null }),
    async ask(item, signal) {
      const nth = (counts.get(item.id) ?? 0) + 1;
      counts.set(item.id, nth);
      const call: FakeCall = { id: item.id, startedAt: clock.now(), endedAt: null };
      calls.push(call);
      mostAtOnce = Math.max(mostAtOnce, ++running);
      try {
        await clock.sleep(latencyMs, signal);
        const answer = reply(item, nth);
        if (answer instanceof Error) throw answer;
        return answer;
      } finally {
        running--;
        call.endedAt = clock.now();
      }
    },
  };
}
