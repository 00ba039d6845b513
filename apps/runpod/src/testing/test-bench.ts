import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { FAKE_KEY, type FakeRunpodOptions } from '@arae/runpod/testing';
import { startFakeCloud } from './fake-cloud.ts';

const BIN = fileURLToPath(new URL('../../bin/arae-runpod.js', import.meta.url));

export interface CliResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * A data folder, the fake cloud, and the command line as a user starts it.
 *
 * @param pipeline what stands for arae-pipeline on the pods
 */
export async function startBench({
  cloud: cloudOptions,
  pipeline = 'true',
  env: extra = {},
}: { cloud?: FakeRunpodOptions; pipeline?: string; env?: Record<string, string> } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'arae-runpod-'));
  const data = join(folder, 'data');
  const workspace = join(folder, 'workspace');
  mkdirSync(data);
  mkdirSync(workspace);
  const cloud = await startFakeCloud(workspace, cloudOptions);
  onTestFinished(async () => {
    await cloud.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(?:ARAE_|OPENAI_|GEMINI_|GOOGLE_|RUNPOD_|NX_)/.test(name),
  );
  const env = {
    ...Object.fromEntries(kept),
    RUNPOD_API_KEY: FAKE_KEY,
    ARAE_RUNPOD_BASE_URL: cloud.url,
    ARAE_RUNPOD_WORKSPACE: workspace,
    ARAE_RUNPOD_POLL_MS: '100',
    ARAE_RUNPOD_PIPELINE: pipeline,
    ARAE_RUNPOD_DATA: data,
    ...extra,
  };
  return {
    cloud,
    data,
    workspace,
    write: (path: string, content: string) => {
      mkdirSync(dirname(join(data, path)), { recursive: true });
      writeFileSync(join(data, path), content);
    },
    cli: (...args: string[]): Promise<CliResult> =>
      new Promise((resolve) => {
        execFile(
          process.execPath,
          [BIN, ...args],
          { cwd: folder, env, maxBuffer: 1 << 26 },
          (error, stdout, stderr) =>
            resolve({ code: error === null ? 0 : Number(error.code ?? 1), stdout, stderr }),
        );
      }),
    start: (...args: string[]): ChildProcess =>
      spawn(process.execPath, [BIN, ...args], { cwd: folder, env, stdio: ['ignore', 'ignore', 'pipe'] }),
  };
}

/** Waits for what must come; the limit only keeps a failing test from hanging. */
export async function until(check: () => boolean, limitMs = 60_000): Promise<void> {
  for (const end = Date.now() + limitMs; !check();) {
    if (Date.now() > end) throw new Error('what was waited for did not come');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
