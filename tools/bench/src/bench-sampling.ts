import { measureSampling } from './measure-sampling.ts';

// npm run bench:sampling -w @arae/bench [-- number of drawings]
const count = Number(process.argv[2] ?? 1_000_000);
const { measurements, peakMebibytes } = measureSampling(count, 5);

console.log(`${count.toLocaleString('en')} drawings, median of 5 rounds, Node ${process.version}`);
for (const { name, seconds, ratio } of measurements) {
  console.log(`${name.padEnd(28)}${seconds.toFixed(3).padStart(8)} s  ${ratio.toFixed(2).padStart(6)} ×`);
}
console.log(`${'RSS with the list of files'.padEnd(28)}${peakMebibytes.toFixed(0).padStart(8)} MiB`);
