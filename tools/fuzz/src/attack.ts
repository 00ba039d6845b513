import fc from 'fast-check';
import type { FuzzTarget } from './fuzz-target.ts';

export interface AttackResult {
  name: string;
  cases: number;
  /** Inputs that were refused with an error of the reader's own. */
  refused: number;
  /** Milliseconds of the slowest case. */
  slowest: number;
  /** What was found, with the smallest input that shows it and the seed; null when nothing was. */
  fault: string | null;
}

/** A case that takes longer hangs, as far as a reader of small files may be said to. */
const HANGS_MS = 5000;

/** Throws inputs at a reader for this long. The same seed gives the same inputs. */
export async function attack(target: FuzzTarget, milliseconds: number, seed: number): Promise<AttackResult> {
  const result: AttackResult = { name: target.name, cases: 0, refused: 0, slowest: 0, fault: null };
  const outcome = await fc.check(
    fc.asyncProperty(target.input, async (input) => {
      result.cases++;
      const startedAt = performance.now();
      try {
        await target.run(input);
      } catch (error) {
        mustBeItsOwn(error, target);
        result.refused++;
      }
      const took = performance.now() - startedAt;
      result.slowest = Math.max(result.slowest, took);
      if (took > HANGS_MS) throw new Error(`took ${Math.round(took)} ms`);
      if (Object.keys(Object.prototype).length > 0) throw new Error('changed the prototype of all objects');
    }),
    {
      seed,
      numRuns: Number.MAX_SAFE_INTEGER,
      interruptAfterTimeLimit: milliseconds,
      markInterruptAsFailure: false,
    },
  );
  if (outcome.failed && outcome.counterexample !== null) {
    const [input] = outcome.counterexample;
    const shown = typeof input === 'string' ? JSON.stringify(input) : Buffer.from(input).toString('hex');
    const error = outcome.errorInstance as Error | null;
    result.fault = `${error?.name}: ${error?.message} (seed ${seed}, input ${shown.slice(0, 500)})`;
  }
  return result;
}

function mustBeItsOwn(error: unknown, { errors }: FuzzTarget): void {
  if (!(error instanceof Error) || !errors.some((own) => error instanceof own)) throw error;
  if (/[\n\r]/.test(error.message))
    throw new Error(`a message of several lines: ${JSON.stringify(error.message)}`);
}
