import { fileURLToPath } from 'node:url';
import { inTemporaryFolder } from '../temporary-folder.ts';
import type { Measured } from './figures.ts';
import type { RowDefinition } from './rows.ts';
import { startSide } from './side.ts';
import type { Run, Side } from './side.ts';
import { WORKS } from './works.ts';
import type { Works } from './works.ts';

const NODE_SIDE = fileURLToPath(new URL('serve-side.ts', import.meta.url));
const PYTHON_SIDE = fileURLToPath(new URL('../../python/plain_sides.py', import.meta.url));
/** What is compiled and loaded once is done before anything is measured. */
const WARM_SECONDS = 0.5;
const MOST_WARM_RUNS = 20;
/** No further round is begun for a size after so long. */
const MOST_SECONDS = 20;

/**
 * Both sides of a row at one size, in turn, each in a process of its own. The first runs are not counted.
 *
 * @param python the interpreter for plain sides in Python
 * @throws Error when both sides must find the same and do not
 */
export async function measureRow(
  { name }: RowDefinition,
  size: number,
  { rounds, python, stop }: { rounds: number; python: string; stop: AbortSignal },
): Promise<Measured> {
  const works: Works = await WORKS[name]();
  return inTemporaryFolder(async (folder) => {
    await works.prepare(folder, size);
    const sides: Side[] = [];
    const endAll = (): void => {
      for (const side of sides) side.kill();
    };
    stop.addEventListener('abort', endAll);
    try {
      stop.throwIfAborted();
      const node = (side: string) =>
        startSide(process.execPath, ['--conditions=@arae/source', NODE_SIDE, name, side, folder, `${size}`]);
      sides.push(await node('ours'));
      sides.push(
        works.plain === 'python'
          ? await startSide(python, [PYTHON_SIDE, name, folder, `${size}`])
          : await node('plain'),
      );
      const [ours, plain] = sides as [Side, Side];
      const measured: { ours: number[]; plain: number[] } = { ours: [], plain: [] };
      const startedAt = performance.now();
      const seconds = (): number => (performance.now() - startedAt) / 1000;
      for (let run = 0; run < MOST_WARM_RUNS && seconds() < WARM_SECONDS; run++) {
        mustAgree(name, await ours.run(), await plain.run());
      }
      for (let round = 0; round < rounds && (round === 0 || seconds() < MOST_SECONDS); round++) {
        measured.ours.push((await ours.run()).seconds);
        measured.plain.push((await plain.run()).seconds);
      }
      return { size, ...measured, oursMiB: await ours.end(), plainMiB: await plain.end() };
    } catch (error) {
      stop.throwIfAborted();
      throw error;
    } finally {
      stop.removeEventListener('abort', endAll);
      endAll();
    }
  });
}

function mustAgree(name: string, own: Run, other: Run): void {
  if (
    own.found === null ||
    other.found === null ||
    Math.abs(own.found - other.found) <= 1e-3 * Math.abs(other.found)
  )
    return;
  throw new Error(
    `${name}: ours found ${own.found}, the plain one ${other.found}: what is compared is not the same`,
  );
}
