// `npm test`: runs all tests of the workspace and ends with one line of true sums. Arguments go to vitest.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { summariseReport } from './summarise-report.ts';
import type { VitestReport } from './summarise-report.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const reportFile = `${root}.tmp/test-report.json`;
mkdirSync(`${root}.tmp`, { recursive: true });
rmSync(reportFile, { force: true });

const vitest = fileURLToPath(new URL('vitest.mjs', import.meta.resolve('vitest/package.json')));
const { status } = spawnSync(
  process.execPath,
  [
    vitest,
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${reportFile}`,
    ...process.argv.slice(2),
  ],
  { cwd: root, stdio: 'inherit' },
);

let report: VitestReport;
try {
  report = JSON.parse(readFileSync(reportFile, 'utf8')) as VitestReport;
} catch {
  console.error('the test run ended without a report');
  process.exit(1);
}
// Where all tools are installed a skipped test is a test that was not run.
const sums = summariseReport(report, { skipsFail: process.env['ARAE_SKIPS_FAIL'] === '1' });
const { passed, skipped } = sums;
// A run can fail beside its tests, by an error that nobody caught.
const failed = status === 0 ? sums.failed : Math.max(1, sums.failed);
if (skipped > 0) console.log(`${skipped} tests were skipped, for the reasons printed above`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
