import { createRandom } from '@arae/floorplan';
import { BudgetReachedError, costOf, createBudget, loadPriceBook } from '@arae/labelers';
import { simulatedRun } from './simulated-run.ts';

export interface CapTrials {
  runs: number;
  /** Runs whose bill was above their cap. */
  passed: number;
  /** Runs that stopped at the cap, the others came to their end below it. */
  stopped: number;
  /** The largest share of a cap that was billed. */
  largestShare: number;
}

/**
 * Labels with random caps against a Gemini that thinks, cuts connections after it has worked, and counts its own tokens, and
 * compares what it bills with the cap.
 */
export async function tryCaps(runs: number, concurrency: number): Promise<CapTrials> {
  const random = createRandom(7);
  const prices = await loadPriceBook();
  const trials: CapTrials = { runs, passed: 0, stopped: 0, largestShare: 0 };
  for (let run = 0; run < runs; run++) {
    const cap = 0.3 + random.fraction() * 2;
    const { error, requests } = await simulatedRun({
      provider: 'gemini',
      items: 60,
      concurrency,
      seed: run + 1,
      budget: createBudget(cap, 0),
      prices,
      maxOutputTokens: 4096,
      faults: {
        cutConnection: 0.05,
        rateLimit: 0.05,
        latencyMs: { distribution: 'lognormal', median: 500 },
      },
    });
    if (error !== null && !(error instanceof BudgetReachedError)) throw error as Error;
    const billed = requests.reduce((sum, { promptTokens, completionTokens, model }) => {
      // A provider whose tokenizer makes a quarter more of the same text.
      const usage = {
        inputTokens: promptTokens * 1.25,
        cachedInputTokens: 0,
        outputTokens: completionTokens,
      };
      return sum + (costOf(usage, model, prices) ?? 0);
    }, 0);
    if (billed > cap) trials.passed++;
    if (error !== null) trials.stopped++;
    trials.largestShare = Math.max(trials.largestShare, billed / cap);
  }
  return trials;
}
