import { existsSync } from 'node:fs';

/** The browser that tests drive; undefined, with a line that says so, where there is none. CHROMIUM names another one. */
export function findChromium(): string | undefined {
  const named = process.env['CHROMIUM'];
  const paths =
    named === undefined
      ? ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
      : [named];
  const found = paths.find((path) => existsSync(path));
  if (found === undefined)
    console.log('the tests in a browser are skipped: there is no Chromium (CHROMIUM names one)');
  return found;
}
