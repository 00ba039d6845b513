import { measureThroughput } from './measure-throughput.ts';
import { sweepFaults } from './fault-sweep.ts';
import { tryCaps } from './try-caps.ts';

// npm run bench:labeling -w @arae/bench [-- faults throughput caps]
const asked = process.argv.slice(2);
const wants = (part: string) => asked.length === 0 || asked.includes(part);
const percent = (share: number) => `${(share * 100).toFixed(2)} %`;

if (wants('faults')) {
  for (const seed of [1, 2, 3]) {
    const sweep = await sweepFaults(2000, 0.3, seed);
    console.log(
      `faults, seed ${seed}: ${sweep.labelled} labelled, ${sweep.failed} failed, ${sweep.lost} lost, ${sweep.twice} twice, ` +
        `${sweep.unexplained} without a reason; ${(sweep.requests / sweep.items).toFixed(3)} requests an item, ` +
        `${sweep.inPause} in a pause; ${sweep.answersKept} of ${sweep.answersSent} answers kept`,
    );
  }
}

if (wants('throughput')) {
  for (const [concurrency, limit, provider] of [
    [5, null, 'openai'],
    [50, null, 'openai'],
    [50, 600, 'openai'],
    [50, 600, 'gemini'],
  ] as const) {
    const { share, perSecond, limitedAfterFirstMinute } = await measureThroughput(
      limit === null ? 2000 : 4000,
      concurrency,
      limit,
      provider,
    );
    console.log(
      `${provider}, ${concurrency} at a time${limit === null ? '' : `, ${limit} a minute`}: ${perSecond.toFixed(2)} answers a second, ` +
        `${percent(share)} of the ideal; ${percent(limitedAfterFirstMinute)} answered 429 after the first minute`,
    );
  }
}

if (wants('caps')) {
  const { runs, passed, stopped, largestShare } = await tryCaps(1000, 20);
  console.log(
    `caps: ${runs} runs, ${stopped} stopped at the cap, ${passed} passed it; the largest bill is ${percent(largestShare)} of its cap`,
  );
}
