import { startTeacherSimulator } from '../http/start-teacher-simulator.ts';
import type { TeacherSimulator } from '../http/start-teacher-simulator.ts';
import { readArguments } from './read-arguments.ts';

/**
 * Runs the simulator until SIGINT or SIGTERM (exit code 0). Wrong arguments, a wrong file of faults or a port that cannot be
 * had end it with one line on standard error and exit code 2.
 */
export async function runCli(argv: readonly string[]): Promise<void> {
  let simulator: TeacherSimulator;
  try {
    const options = await readArguments(argv);
    if (options === null) return;
    simulator = await startTeacherSimulator(options);
  } catch (error) {
    const [line] = (error instanceof Error ? error.message : String(error)).split('\n');
    process.stderr.write(`arae-teacher-simulator: ${line}\n`);
    process.exitCode = 2;
    return;
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => void simulator.close());
  }
  process.stdout.write(
    `teacher simulator ready: OpenAI ${simulator.openAiBaseUrl} Gemini ${simulator.geminiBaseUrl}\n`,
  );
}
