export * from './contradictions/contradiction.ts';
export * from './contradictions/find-contradictions.ts';
export * from './decision/choose-winner.ts';
export * from './metrics/label-under-test.ts';
export * from './metrics/metrics.ts';
export * from './metrics/score-labels.ts';
export * from './reviews/manual-review.ts';
