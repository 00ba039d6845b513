import type { Clock } from './clock.ts';
import { formatDuration } from './format-duration.ts';

/** Where the display writes: `process.stderr`, or a stand-in. */
export interface DisplayStream {
  isTTY?: boolean | undefined;
  columns?: number | undefined;
  write(text: string): unknown;
}

/** One line of the display. */
export interface ProgressTask {
  /** Counts further items as done. */
  done(count?: number): void;
  /** Counts further items as failed. */
  fail(count?: number): void;
  /** A short remark behind the figures, for instance money spent; replaces the last one. */
  note(text: string): void;
  /** Prints the final figures and takes the line away. */
  finish(): void;
}

export interface ProgressDisplay {
  /**
   * Adds a line.
   * @param total number of items; those done in an earlier run are given as `alreadyDone`, and do not count for the speed
   */
  task(name: string, total: number, alreadyDone?: number): ProgressTask;
  /** Prints a line of text above the bars. */
  log(line: string): void;
}

export interface ProgressDisplayOptions {
  stream: DisplayStream;
  clock: Pick<Clock, 'now'>;
  /** Milliseconds between two redraws of the bars on a terminal; default 100. */
  redrawMs?: number;
  /** Milliseconds between two lines of a task without a terminal; default 30 000. */
  lineMs?: number;
}

interface TaskState {
  name: string;
  total: number;
  done: number;
  failed: number;
  alreadyDone: number;
  startedAt: number;
  lastLineAt: number;
  remark: string;
}

/** Bars that redraw on a terminal, a plain line now and then elsewhere. Draws only when something is reported. */
export function createProgressDisplay(options: ProgressDisplayOptions): ProgressDisplay {
  const { stream, clock, redrawMs = 100, lineMs = 30_000 } = options;
  const tasks: TaskState[] = [];
  let drawnLines = 0;
  let lastDrawAt = -Infinity;

  function clear(): void {
    if (drawnLines > 0) stream.write(`\r\x1b[${drawnLines - 1 > 0 ? `${drawnLines - 1}A\x1b[` : ''}0J`);
    drawnLines = 0;
  }

  function draw(): void {
    // Some terminals report 0 columns.
    const width = stream.columns || 80;
    clear();
    const lines = tasks.map((task) => barLine(task, clock.now(), width - 1));
    stream.write(lines.join('\n'));
    drawnLines = lines.length;
    lastDrawAt = clock.now();
  }

  function changed(task: TaskState): void {
    const now = clock.now();
    if (stream.isTTY) {
      if (now - lastDrawAt >= redrawMs) draw();
    } else if (now - task.lastLineAt >= lineMs) {
      task.lastLineAt = now;
      stream.write(`${plainLine(task, now)}\n`);
    }
  }

  return {
    log(line) {
      clear();
      stream.write(`${line}\n`);
      if (stream.isTTY && tasks.length > 0) draw();
    },
    task(name, total, alreadyDone = 0) {
      const now = clock.now();
      const task: TaskState = {
        name,
        total,
        done: alreadyDone,
        failed: 0,
        alreadyDone,
        startedAt: now,
        lastLineAt: now,
        remark: '',
      };
      tasks.push(task);
      if (stream.isTTY) draw();
      return {
        done(count = 1) {
          task.done += count;
          changed(task);
        },
        fail(count = 1) {
          task.failed += count;
          changed(task);
        },
        note(text) {
          task.remark = text;
          changed(task);
        },
        finish() {
          if (!tasks.includes(task)) return;
          clear();
          tasks.splice(tasks.indexOf(task), 1);
          stream.write(`${plainLine(task, clock.now())}\n`);
          if (stream.isTTY && tasks.length > 0) draw();
        },
      };
    },
  };
}

function figures(task: TaskState, now: number): string[] {
  const handled = task.done + task.failed;
  const seconds = (now - task.startedAt) / 1000;
  const fresh = handled - task.alreadyDone;
  const perSecond = seconds > 0 ? fresh / seconds : 0;
  const left = task.total - handled;
  const parts = [`${handled}/${task.total}`];
  if (task.failed > 0) parts.push(`${task.failed} failed`);
  if (perSecond > 0) {
    parts.push(perSecond >= 1 ? `${perSecond.toFixed(1)}/s` : `${(perSecond * 60).toFixed(1)}/min`);
    if (left > 0) parts.push(`${formatDuration((left / perSecond) * 1000)} left`);
  }
  if (left <= 0) parts.push(`in ${formatDuration(now - task.startedAt)}`);
  if (task.remark !== '') parts.push(task.remark);
  return parts;
}

function plainLine(task: TaskState, now: number): string {
  return `${task.name}: ${figures(task, now).join(', ')}`;
}

const BAR_WIDTH = 24;

function barLine(task: TaskState, now: number, width: number): string {
  const share = task.total === 0 ? 1 : Math.min(1, (task.done + task.failed) / task.total);
  const filled = Math.round(share * BAR_WIDTH);
  const bar = `[${'#'.repeat(filled)}${'-'.repeat(BAR_WIDTH - filled)}]`;
  const line = `${task.name.padEnd(16)} ${bar} ${figures(task, now).join('  ')}`;
  // A line that wraps could not be erased again.
  return line.slice(0, width);
}
