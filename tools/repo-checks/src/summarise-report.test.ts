import { describe, expect, it } from 'vitest';
import { summariseReport } from './summarise-report.ts';

const report = {
  numPassedTests: 10,
  numFailedTests: 1,
  numPendingTests: 2,
  testResults: [
    { status: 'passed', assertionResults: [{}] },
    { status: 'failed', assertionResults: [{}] },
    { status: 'failed', assertionResults: [] },
  ],
};

describe('summariseReport', () => {
  it('counts a file that broke before its first test', () => {
    expect(summariseReport(report, { skipsFail: false })).toEqual({ passed: 10, failed: 2, skipped: 2 });
  });

  it('counts skips as failures where nothing may be skipped', () => {
    expect(summariseReport(report, { skipsFail: true })).toEqual({ passed: 10, failed: 4, skipped: 0 });
  });
});
