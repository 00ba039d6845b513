import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { listFiles } from './list-files.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Files whose size is known to be small, or was looked at, when they are read whole; with the reason. */
const MAY_READ_WHOLE: Readonly<Record<string, string>> = {
  'apps/pipeline/src/conformance/conformance-vectors.ts': 'graphs of the repository',
  'apps/review/src/server/serve-page.ts': 'the built page',
  'apps/runpod/src/bundle/push-bundle.ts': "the workspace's own lock file",
  'apps/runpod/src/pod/ssh-key.ts': 'made by ssh-keygen the line before',
  'apps/runpod/src/pod/watchdog.ts': 'a script of the app',
  'libs/cv-inference/src/networks/cv-versions.ts': "the package's own package.json",
  'libs/progress/src/is-process-alive.ts': '/proc',
  'libs/transfer/src/make-manifest.ts': 'up to 4 MiB, larger ones as streams',
  'libs/transfer/src/s3/send-object.ts': 'up to 8 MiB, larger ones in parts',
  'libs/transfer/src/send/archive-of.ts': 'small files of a manifest',
};

describe('files from outside', () => {
  it('are read up to a limit, by readTextFile and its like, wherever libraries and apps read whole files', () => {
    const sources = ['libs', 'apps', 'tools/teacher-simulator', 'tools/plan-generator']
      .flatMap((room) => listFiles(root, room))
      .filter(
        (file) => /\/src\/.*\.tsx?$/.test(file) && !/node_modules|\/testing\/|\.test\.tsx?$/.test(file),
      );
    expect(sources.length).toBeGreaterThan(300);
    const found = sources.filter((file) =>
      /\breadFile(Sync)?\(/.test(readFileSync(join(root, file), 'utf8')),
    );
    expect(found.sort()).toEqual(Object.keys(MAY_READ_WHOLE).sort());
  });
});
