export * from './atomic-file.ts';
export * from './clock.ts';
export * from './folder-lock.ts';
export * from './format-duration.ts';
export * from './journal.ts';
export * from './phase-progress.ts';
export * from './progress-display.ts';
export * from './read-text-file.ts';
