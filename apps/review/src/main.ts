import { UsageError } from './errors.ts';
import { parseArguments } from './parse-arguments.ts';
import { runReview } from './run-review.ts';

const say = (line: string) => console.error(line);

try {
  const options = await parseArguments(process.argv.slice(2));
  if (typeof options === 'string') {
    console.log(options);
  } else {
    const review = await runReview(options, say);
    say(
      `${review.items} drawings to compare. Open this address; it works on this machine only, until Ctrl-C:`,
    );
    console.log(review.address);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.on(signal, () => {
        say('stopped; every saved review is in manual_reviews.jsonl');
        // What is being written is finished first.
        void review.stop().then(() => process.exit(0));
      });
    }
  }
} catch (error) {
  say(`arae-review: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
