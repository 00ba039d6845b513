import { describe, expect, it } from 'vitest';
import {
  RateLimitedError,
  RejectedRequestError,
  TeacherError,
  TeacherUnavailableError,
  TransientTeacherError,
  UnknownModelError,
} from './teacher-errors.ts';

describe('teacher errors', () => {
  it('carry their data', () => {
    const error = new RateLimitedError('slow down', 1500, {
      status: 429,
      code: 'rate_limit',
      requestId: 'r1',
    });
    expect(error).toMatchObject({
      name: 'RateLimitedError',
      status: 429,
      code: 'rate_limit',
      requestId: 'r1',
    });
    expect(error.retryAfterMs).toBe(1500);
    expect(error).toBeInstanceOf(TeacherError);
  });

  it('say whether the same request may succeed later', () => {
    const retryable = [new RateLimitedError('', null), new TransientTeacherError('')];
    const final = [new RejectedRequestError(''), new TeacherUnavailableError('')];
    expect(retryable.every(({ isRetryable }) => isRetryable)).toBe(true);
    expect(final.some(({ isRetryable }) => isRetryable)).toBe(false);
  });

  it('are one line', () => {
    expect(new RejectedRequestError(' a\n\t b \r\n  c ').message).toBe('a b c');
    const long = new RejectedRequestError('x'.repeat(2000)).message;
    expect(long).toHaveLength(501);
    expect(long.endsWith('…')).toBe(true);
  });

  it.each([['sk-test-MARKED-KEY-123'], ['sk-proj-****abcd'], ['AIzaMARKEDKEY123456'], ['AQ.MARKED-KEY_123']])(
    'never show a key: %s',
    (key) => {
      expect(new TransientTeacherError(`Incorrect key: ${key}. Bye`).message).toMatch(
        /^Incorrect key: \[key\].* Bye$/,
      );
    },
  );

  it('leave other words alone', () => {
    const text = 'the task-force asks for risk-averse disk-images';
    expect(new TransientTeacherError(text).message).toBe(text);
  });

  it('name the models that exist, not more than twenty', () => {
    const few = new UnknownModelError('openai', 'gpt-9', ['gpt-4o', 'gpt-6-luna']);
    expect(few.message).toBe('openai has no model "gpt-9": choose one of gpt-4o, gpt-6-luna');
    expect(few).toBeInstanceOf(TeacherUnavailableError);
    const many = new UnknownModelError(
      'openai',
      'gpt-9',
      Array.from({ length: 25 }, (_, i) => `m${i}`),
    );
    expect(many.message).toMatch(/m19 and 5 more$/);
    expect(many.available).toHaveLength(25);
    expect(new UnknownModelError('openai', 'gpt-9', []).message).toContain('(it lists none)');
  });
});
