import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/test-workspace.ts';
import { activityLine, readLabelActivity } from './label-activity.ts';

const at = (seconds: number) => new Date(Date.parse('2026-11-23T00:00:00Z') + seconds * 1000).toISOString();
const answer = (seconds: number) => ({
  type: 'answer',
  at: at(seconds),
  usage: { inputTokens: 3000, cachedInputTokens: 0, outputTokens: 1000, thinkingTokens: 0 },
});

describe('readLabelActivity', () => {
  it('tells speed, tokens, limit and the last pause of a run that is going on elsewhere', async () => {
    const path = join(temporaryFolder(), 'journal.jsonl');
    const records = [
      answer(0),
      // An hour later: the speed is that of the last ten minutes.
      answer(3600),
      { type: 'error', at: at(3601), status: 429, waitMs: 60_000, message: 'openai: slow down' },
      { type: 'error', at: at(3602), status: 503, waitMs: 2000, message: 'down' },
      { type: 'admission', at: at(3603), limit: 2, perMinute: null, reason: '429' },
      answer(3660),
      answer(3720),
    ];
    writeFileSync(path, `${records.map((record) => JSON.stringify(record)).join('\n')}\n{"torn`);
    const activity = await readLabelActivity(path);
    expect(activity).toEqual({
      answers: 4,
      inputTokens: 12_000,
      outputTokens: 4000,
      perMinute: 1,
      lastAnswerAt: at(3720),
      limit: 2,
      lastPause: { at: at(3601), ms: 60_000, reason: 'openai: slow down' },
    });
    expect(activity === null ? '' : activityLine(activity)).toBe(
      `4 answers, 0.01 M tokens in, 0.00 M out; 1.0 a minute; last answer ${at(3720)}; 2 places; last pause ${at(3601)} for 1m 00s: openai: slow down`,
    );
  });

  it('is nothing without a journal', async () => {
    expect(await readLabelActivity('/no/such/journal.jsonl')).toBeNull();
  });
});
