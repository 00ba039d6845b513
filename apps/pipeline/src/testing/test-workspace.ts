import { execFile, spawn } from 'node:child_process';
import type { ChildProcess, StdioOptions } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

/** The bin of the command line, as a user starts it. */
export const BIN = fileURLToPath(new URL('../../bin/arae-pipeline.js', import.meta.url));

/** A temporary folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'arae-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export interface CliResult {
  code: number;
  stdout: string;
  stderr: string;
}

export interface CliOptions {
  cwd?: string;
  env?: Record<string, string>;
}

/** Neither keys nor settings of the machine reach the command line. */
function cleanEnv(extra: Record<string, string> = {}): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(?:ARAE_PIPELINE_|OPENAI_|GEMINI_|GOOGLE_|RUNPOD_|NX_)/.test(name),
  );
  return { ...Object.fromEntries(kept), ...extra };
}

/** Runs the command line to its end. */
export function cli(args: readonly string[], { cwd = tmpdir(), env }: CliOptions = {}): Promise<CliResult> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [BIN, ...args],
      { cwd, env: cleanEnv(env), maxBuffer: 1 << 26 },
      (error, stdout, stderr) =>
        resolve({ code: error === null ? 0 : Number(error.code ?? 1), stdout, stderr }),
    );
  });
}

/** Starts the command line and leaves it running. */
export function startCli(args: readonly string[], { cwd = tmpdir(), env }: CliOptions = {}): ChildProcess {
  const stdio: StdioOptions = ['ignore', 'ignore', 'pipe'];
  const child = spawn(process.execPath, [BIN, ...args], { cwd, env: cleanEnv(env), stdio });
  // Whoever wants to read it listens; nobody else is held up by it.
  child.stderr?.resume();
  return child;
}

/** SHA-256 of every file below a folder, by its path; `skip` takes away what may differ. */
export function hashFiles(
  folder: string,
  skip: (path: string) => boolean = () => false,
): Record<string, string> {
  const hashes: Record<string, string> = {};
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const name = relative(folder, path).replaceAll('\\', '/');
    if (!skip(name)) hashes[name] = createHash('sha256').update(readFileSync(path)).digest('hex');
  }
  return hashes;
}

/** What two runs that ended alike may still differ in: times, money for lost requests, locks. */
export function isRunRecord(path: string): boolean {
  return /(?:^\.locks\/|_journal\.jsonl$|_calls\.json$|_simulator\.jsonl$|^quality_report\.(?:json|html)$)/.test(
    path,
  );
}
