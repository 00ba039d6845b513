import { execFileSync } from 'node:child_process';
import { measureMemory, measureProcessor, measureWaiting } from './measure-cv.ts';

// npm run bench:cv -w @arae/bench
const WAIT_MS = 1_000;
const [mode, count] = process.argv.slice(2);

if (mode === 'memory') {
  console.log(await measureMemory(Number(count)));
} else {
  const row = (name: string, figure: string, ratio: number) =>
    console.log(`${name.padEnd(46)}${figure.padStart(12)}  ${ratio.toFixed(2).padStart(5)} ×`);
  const peak = (sheets: number) =>
    Number(
      execFileSync(process.execPath, [...process.execArgv, import.meta.filename, 'memory', `${sheets}`], {
        encoding: 'utf8',
      }),
    );

  const waiting = await measureWaiting(40, WAIT_MS);
  row('40 sheets, networks that wait ÷ slowest stage', `${waiting.seconds.toFixed(1)} s`, waiting.ratio);
  const processor = await measureProcessor(16);
  row('16 sheets, wall time ÷ (own CPU time ÷ cores)', `${processor.seconds.toFixed(1)} s`, processor.ratio);
  const others = processor.others === null ? 'unknown' : `${(100 * processor.others).toFixed(1)} %`;
  console.log(`${'  CPU that other processes used meanwhile'.padEnd(46)}${others.padStart(12)}`);
  const few = peak(20);
  const many = peak(200);
  row('peak memory, 200 small sheets ÷ 20', `${many.toFixed(0)} MiB`, many / few);
}
