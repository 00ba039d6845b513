import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface NumpySearch {
  readonly name: string;
  /** Seconds that one search took. */
  run(): Promise<number>;
  stop(): void;
}

export interface NumpySearchParams {
  readonly rowsFile: string;
  readonly queriesFile: string;
  readonly kind: 'float32' | 'float64';
  /** `product`: matrix product and argpartition of unit vectors; `whole`: from single vectors to hits in order. */
  readonly job: 'product' | 'whole';
}

/** NumPy in a process of its own that searches when told to, so that it can take turns with others. */
export async function startNumpySearch(params: NumpySearchParams): Promise<NumpySearch> {
  const { rowsFile, queriesFile, kind, job } = params;
  const script = fileURLToPath(new URL('../python/time_search.py', import.meta.url));
  const child = spawn(process.env['PYTHON'] ?? 'python3', [script, rowsFile, queriesFile, kind, job], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const nextLine = async () => {
    const { value, done } = await lines.next();
    if (done === true) throw new Error('Python ended early: PYTHON must name one that has NumPy');
    return value;
  };
  await nextLine();
  return {
    name: `NumPy ${kind}, ${job === 'whole' ? 'the whole search' : 'product and argpartition only'}`,
    run: async () => {
      child.stdin.write('\n');
      return Number(await nextLine());
    },
    stop: () => {
      child.stdin.end();
    },
  };
}
