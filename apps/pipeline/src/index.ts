export { pipelineConfigSchema, type PipelineConfig } from './config/config-schema.ts';
export { loadConfig } from './config/load-config.ts';
export { dataFolder, type DataFolder } from './data-folder.ts';
export { EXIT, type ExitCode } from './exit-codes.ts';
export { PHASES, labelPhase, type Phase } from './phases/phases.ts';
export { runSteps } from './phases/run-steps.ts';
export type { PhaseSummary, RunContext } from './run-context.ts';
