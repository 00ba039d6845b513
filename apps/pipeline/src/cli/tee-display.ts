import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createProgressDisplay, systemClock } from '@arae/progress';
import type { ProgressDisplay } from '@arae/progress';

export interface LoggedDisplay {
  display: ProgressDisplay;
  /** The log file. */
  path: string;
  /** Writes a line to the file alone. */
  note(line: string): void;
  close(): Promise<void>;
}

/** A display that also writes plain lines to `logs/{name}-{time}.log`, for runs under nohup and tmux. */
export async function openLoggedDisplay(name: string): Promise<LoggedDisplay> {
  const path = join('logs', `${name}-${new Date().toISOString().replaceAll(/[:.]/g, '-')}.log`);
  await mkdir('logs', { recursive: true }).catch(() => undefined);
  const file = createWriteStream(path, { flags: 'a' });
  const screen = createProgressDisplay({ stream: process.stderr, clock: systemClock });
  // A log that cannot be written must never end a run that costs money.
  file.once('error', (error) => {
    screen.log(`warning: no log is written to ${path}: ${error.message}`);
    file.on('error', () => undefined);
  });
  const display = teeDisplays(screen, createProgressDisplay({ stream: file, clock: systemClock }));
  return {
    display,
    path,
    note: (line) => void file.write(`${line}\n`),
    close: () => new Promise((resolve) => (file.destroyed ? resolve() : file.end(() => resolve()))),
  };
}

function teeDisplays(...displays: ProgressDisplay[]): ProgressDisplay {
  return {
    log(line) {
      for (const display of displays) display.log(line);
    },
    task(name, total, alreadyDone) {
      const tasks = displays.map((display) => display.task(name, total, alreadyDone));
      return {
        done: (count) => tasks.forEach((task) => task.done(count)),
        fail: (count) => tasks.forEach((task) => task.fail(count)),
        note: (text) => tasks.forEach((task) => task.note(text)),
        finish: () => tasks.forEach((task) => task.finish()),
      };
    },
  };
}
