export { parseArguments, type ReviewArguments } from './parse-arguments.ts';
export { runReview, type RunningReview } from './run-review.ts';
export { UsageError } from './errors.ts';
