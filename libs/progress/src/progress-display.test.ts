import { describe, expect, it } from 'vitest';
import { createProgressDisplay } from './progress-display.ts';
import type { DisplayStream } from './progress-display.ts';

/** A display on a stream that remembers, with a clock that is set by hand. */
function setUp(stream: Partial<DisplayStream> = {}) {
  const written: string[] = [];
  const clock = { time: 1_000_000, now: () => clock.time };
  const display = createProgressDisplay({
    stream: { write: (text: string) => written.push(text), ...stream },
    clock,
  });
  return {
    display,
    pass: (seconds: number) => (clock.time += seconds * 1000),
    /** What was written since the last call. */
    output: () => written.splice(0).join(''),
  };
}

describe('without a terminal', () => {
  it('prints a line every thirty seconds, and one at the end', () => {
    const { display, pass, output } = setUp();
    const task = display.task('phase1', 100);
    task.done();
    pass(29.9);
    task.done(9);
    expect(output()).toBe('');
    pass(0.1);
    task.done(10);
    expect(output()).toBe('phase1: 20/100, 40.0/min, 2m 00s left\n');
    pass(29);
    task.done(70);
    expect(output()).toBe('');
    pass(1);
    task.fail(10);
    expect(output()).toBe('phase1: 100/100, 10 failed, 1.7/s, in 1m 00s\n');
    task.finish();
    expect(output()).toBe('phase1: 100/100, 10 failed, 1.7/s, in 1m 00s\n');
  });

  it('prints a log line at once, without escape codes', () => {
    const { display, output } = setUp();
    display.task('phase1', 10);
    display.log('a drawing is broken');
    expect(output()).toBe('a drawing is broken\n');
  });

  it('keeps the time of each task apart', () => {
    const { display, pass, output } = setUp();
    const openai = display.task('openai', 10);
    pass(20);
    const gemini = display.task('gemini', 10);
    pass(10);
    gemini.done();
    expect(output()).toBe('');
    openai.done(3);
    expect(output()).toBe('openai: 3/10, 6.0/min, 1m 10s left\n');
  });

  it('does not count for the speed what an earlier run did', () => {
    const { display, pass, output } = setUp();
    const task = display.task('phase1', 2000, 1900);
    pass(50);
    task.done(50);
    expect(output()).toBe('phase1: 1950/2000, 1.0/s, 50s left\n');
  });

  it('shows the last remark behind the figures', () => {
    const { display, pass, output } = setUp();
    const task = display.task('openai', 4);
    task.note('$0.10');
    pass(30);
    task.note('$0.20');
    expect(output()).toBe('openai: 0/4, $0.20\n');
    task.finish();
    expect(output()).toBe('openai: 0/4, $0.20\n');
  });

  it('ends a task once', () => {
    const { display, output } = setUp();
    const task = display.task('phase1', 0);
    task.finish();
    task.finish();
    expect(output()).toBe('phase1: 0/0, in 0s\n');
  });
});

describe('on a terminal', () => {
  it('draws a bar and redraws it in its place, ten times a second at most', () => {
    const { display, pass, output } = setUp({ isTTY: true, columns: 100 });
    const task = display.task('phase1', 4);
    expect(output()).toBe('phase1           [------------------------] 0/4');
    pass(0.05);
    task.done();
    expect(output()).toBe('');
    pass(0.95);
    task.done();
    expect(output()).toBe('\r\x1b[0Jphase1           [############------------] 2/4  2.0/s  1s left');
    task.finish();
    expect(output()).toBe('\r\x1b[0Jphase1: 2/4, 2.0/s, 1s left\n');
  });

  it('draws two tasks below each other, and keeps the second when the first is done', () => {
    const { display, pass, output } = setUp({ isTTY: true, columns: 100 });
    const openai = display.task('openai', 2);
    output();
    const gemini = display.task('gemini', 2);
    const empty = '[------------------------] 0/2';
    expect(output()).toBe(`\r\x1b[0Jopenai           ${empty}\ngemini           ${empty}`);
    pass(1);
    gemini.done();
    expect(output()).toBe(
      `\r\x1b[1A\x1b[0Jopenai           ${empty}\ngemini           [############------------] 1/2  1.0/s  1s left`,
    );
    openai.finish();
    expect(output()).toBe(
      '\r\x1b[1A\x1b[0Jopenai: 0/2\ngemini           [############------------] 1/2  1.0/s  1s left',
    );
    gemini.finish();
    expect(output()).toBe('\r\x1b[0Jgemini: 1/2, 1.0/s, 1s left\n');
  });

  it('prints log lines above the bars', () => {
    const { display, output } = setUp({ isTTY: true, columns: 100 });
    display.log('before');
    expect(output()).toBe('before\n');
    const task = display.task('phase1', 1);
    const bar = output();
    display.log('between');
    expect(output()).toBe(`\r\x1b[0Jbetween\n${bar}`);
    task.finish();
    output();
    display.log('after');
    expect(output()).toBe('after\n');
  });

  it.each([
    [40, 39],
    [undefined, 79],
    [0, 79],
  ])('keeps a bar within %j columns, so that it can be erased', (columns, length) => {
    const { display, pass, output } = setUp({ isTTY: true, columns });
    const task = display.task('phase1', 10);
    output();
    pass(1);
    task.note('x'.repeat(100));
    expect(output().replace('\r\x1b[0J', '')).toHaveLength(length);
  });

  it('fills the bar and no more', () => {
    const { display, pass, output } = setUp({ isTTY: true, columns: 100 });
    const task = display.task('phase1', 2, 2);
    expect(output()).toContain(`[${'#'.repeat(24)}] 2/2`);
    pass(1);
    task.done();
    expect(output()).toContain(`[${'#'.repeat(24)}] 3/2`);
    display.task('nothing', 0);
    expect(output()).toContain(`nothing          [${'#'.repeat(24)}] 0/0`);
  });
});
