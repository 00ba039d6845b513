import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { readMachineTime } from '../machine-time.ts';
import { measureRow } from './measure-row.ts';
import { pythonEnvironment } from './python-environment.ts';
import { renderTable } from './render-table.ts';
import type { MeasuredRow } from './render-table.ts';
import { ROWS } from './rows.ts';
import { WORKS } from './works.ts';

// npm run bench -- [--only NAME,…] [--sizes 1,10,100] [--rounds N]
const wanted = readOptions();
const stop = new AbortController();
process.once('SIGINT', () => {
  stop.abort(new Error('stopped'));
});
const environment = pythonEnvironment();
const before = readMachineTime();
const usedBefore = process.cpuUsage();
const rows: MeasuredRow[] = [];
for (const row of ROWS.filter(({ name }) => wanted.only.includes(name))) {
  const { name, plainName, isPython, unit, size } = row;
  const sizes: MeasuredRow['sizes'][number][] = [];
  let missing: string | null = null;
  const python = 'python' in environment ? environment.python : null;
  if (isPython && python === null && 'missing' in environment) missing = environment.missing;
  for (const factor of missing === null ? wanted.sizes : []) {
    console.error(`bench: ${name}, ${(factor * size).toLocaleString('en')} ${unit}`);
    try {
      sizes.push(
        await measureRow(row, factor * size, {
          rounds: wanted.rounds,
          python: python ?? '',
          stop: stop.signal,
        }),
      );
    } catch (error) {
      if (stop.signal.aborted) break;
      missing = (error as Error).message;
      process.exitCode = 1;
      break;
    }
  }
  if (stop.signal.aborted) break;
  rows.push({ name, plainName, unit, sizes, missing });
}
if (rows.length > 0) console.log(`${machine()}\n\n${renderTable(rows)}`);
if (stop.signal.aborted) {
  console.error('bench: stopped');
  process.exitCode = 130;
}

function readOptions(): { only: string[]; sizes: number[]; rounds: number } {
  try {
    const { values } = parseArgs({
      options: {
        only: { type: 'string', default: ROWS.map(({ name }) => name).join(',') },
        sizes: { type: 'string', default: '1,10,100' },
        rounds: { type: 'string', default: '5' },
      },
    });
    const only = values.only.split(',');
    const unknown = only.find((name) => !(name in WORKS));
    if (unknown !== undefined)
      throw new Error(`no row "${unknown}": there are ${Object.keys(WORKS).join(', ')}`);
    const [rounds, ...sizes] = [values.rounds, ...values.sizes.split(',')].map(Number) as [
      number,
      ...number[],
    ];
    if ([rounds, ...sizes].some((value) => !Number.isInteger(value) || value < 1))
      throw new Error('--sizes and --rounds must be whole numbers from 1');
    return { only, sizes, rounds };
  } catch (error) {
    console.error(`bench: ${(error as Error).message}`);
    process.exit(2);
  }
}

function machine(): string {
  const after = readMachineTime();
  const { user, system } = process.cpuUsage(usedBefore);
  const model = cpus()[0]?.model.trim() ?? 'unknown processor';
  const busy =
    before === null || after === null || after.total <= before.total
      ? ''
      : `, ${Math.round((100 * (after.busy - before.busy - (user + system) / 1e6)) / (after.total - before.total))} % of the machine busy, these programs included`;
  return `${availableParallelism()} × ${model}, Node ${process.versions.node}${busy}`;
}
