import { execFile } from 'node:child_process';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writePlans } from '@arae/plan-generator';
import { startTeacherSimulator } from '@arae/teacher-simulator';
import { describe, expect, it, onTestFinished } from 'vitest';
import { BIN, temporaryFolder } from './testing/test-workspace.ts';

const guide = readFileSync(
  fileURLToPath(new URL('../../../docs/getting-started.md', import.meta.url)),
  'utf8',
);

/** Commands of arae-pipeline in the shell blocks of a step, as they stand there. */
function commandsOf(step: number): string[] {
  const section = new RegExp(`^## ${step}\\. [\\s\\S]*?(?=^## |$(?![\\s\\S]))`, 'm').exec(guide)?.[0] ?? '';
  return [...section.matchAll(/^```sh\n([\s\S]*?)^```/gm)]
    .flatMap(([, block = '']) => block.split('\n'))
    .flatMap((line) => /npx arae-pipeline ([^>#]*)/.exec(line)?.[1]?.trim() ?? []);
}

describe('docs/getting-started.md', () => {
  it(
    'leads from drawings and keys to train.jsonl, with the simulator behind the keys',
    { timeout: 600_000 },
    async () => {
      const simulator = await startTeacherSimulator({ seed: 1, mistakes: 0.1 });
      onTestFinished(() => simulator.close());
      const folder = temporaryFolder();
      await writePlans({ count: 24, seed: 5, outDir: join(folder, 'plans'), drawings: true });
      renameSync(join(folder, 'plans/images'), join(folder, 'drawings'));
      writeFileSync(join(folder, '.env'), 'OPENAI_API_KEY=sk-made-up\nGEMINI_API_KEY=made-up\n');
      const run = (command: string, env: Record<string, string> = {}) =>
        new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
          const words = command.split(/\s+/);
          execFile(
            process.execPath,
            [BIN, ...words],
            {
              cwd: folder,
              env: {
                PATH: process.env['PATH'],
                OPENAI_BASE_URL: simulator.openAiBaseUrl,
                GEMINI_BASE_URL: simulator.geminiBaseUrl,
                ...env,
              },
            },
            (error, stdout, stderr) =>
              resolve({ code: error === null ? 0 : Number(error.code ?? 1), stdout, stderr }),
          );
        });

      const steps = [2, 3, 4, 5].flatMap(commandsOf);
      expect(steps.length).toBeGreaterThan(8);
      for (const command of steps) {
        const { code, stderr } = await run(command);
        expect(code, `${command}: ${stderr}`).toBe(0);
      }
      for (const name of ['train.jsonl', 'val.jsonl', 'quality_report.html', 'stats_report.html']) {
        expect(existsSync(join(folder, 'trial', name)), name).toBe(true);
      }
      // Every answer was paid for once: the pilot's and a second run's are not asked again.
      const asked = simulator.requests().length;
      expect(asked).toBeLessThan(2 * 20 * 1.5);

      for (const command of commandsOf(6)) {
        const { code, stderr } = await run(command, { ARAE_PIPELINE_SAMPLING__SAMPLE_SIZE: '3' });
        expect(code, `${command}: ${stderr}`).toBe(0);
      }
      expect(readFileSync(join(folder, 'training_data/train.jsonl'), 'utf8')).toContain('"role":"assistant"');
    },
  );
});
