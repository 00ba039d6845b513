export { buildCli } from './build-cli.ts';
export type { Machine } from './create-runner.ts';
