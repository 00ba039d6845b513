import { describe, expect, it } from 'vitest';
import { summariseReport } from './summarise-report.ts';

const report = {
  numPassedTests: 10,
  numFailedTests: 1,
  numPendingTests: 2,
  testResults: [
    { status: 'passed', assertionResults: [{ status: 'passed' }] },
    { status: 'failed', assertionResults: [{ status: 'failed' }, { status: 'passed' }] },
    { status: 'failed', assertionResults: [] },
    { status: 'failed', assertionResults: [{ status: 'pending' }] },
  ],
};

describe('summariseReport', () => {
  it('counts files that broke before or beside their tests', () => {
    expect(summariseReport(report, { skipsFail: false })).toEqual({ passed: 10, failed: 3, skipped: 2 });
  });

  it('counts skips as failures where nothing may be skipped', () => {
    expect(summariseReport(report, { skipsFail: true })).toEqual({ passed: 10, failed: 5, skipped: 0 });
  });
});
