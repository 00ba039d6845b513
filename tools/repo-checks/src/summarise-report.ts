/** The part of vitest's JSON report that is counted. */
export interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests?: number;
  testResults: { status: string; assertionResults: { status: string }[] }[];
}

export interface TestSums {
  passed: number;
  failed: number;
  skipped: number;
}

/** Sums of a run. A file that failed without a failed test (it did not load, or its set-up threw) counts as one failed test. */
export function summariseReport(report: VitestReport, { skipsFail }: { skipsFail: boolean }): TestSums {
  const brokenFiles = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  ).length;
  const skipped = report.numPendingTests + (report.numTodoTests ?? 0);
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles + (skipsFail ? skipped : 0),
    skipped: skipsFail ? 0 : skipped,
  };
}
