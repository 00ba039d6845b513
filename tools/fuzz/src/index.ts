export { attack, type AttackResult } from './attack.ts';
export { brokenBytes, brokenText } from './broken-text.ts';
export type { FuzzTarget } from './fuzz-target.ts';
export { fuzzTargets } from './targets.ts';
