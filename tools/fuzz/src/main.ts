import { parseArgs } from 'node:util';
import { attack } from './attack.ts';
import { fuzzTargets } from './targets.ts';

// npm run fuzz -- --minutes 10 [--seed N]
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
  },
});
const [minutes, seed] = [Number(values.minutes), Number(values.seed)];
if (!(minutes > 0) || !Number.isInteger(seed)) {
  console.error('fuzz: --minutes takes a number above 0, --seed a whole number');
  process.exit(2);
}
const targets = await fuzzTargets();
console.log(`seed ${seed}`);
for (const target of targets) {
  const { name, cases, refused, slowest, fault } = await attack(
    target,
    (60_000 * minutes) / targets.length,
    seed,
  );
  console.log(
    `${name.padEnd(40)} ${cases.toLocaleString('en').padStart(10)} cases, ${refused.toLocaleString('en').padStart(10)} refused, slowest ${slowest.toFixed(0)} ms`,
  );
  if (fault === null) continue;
  console.log(`  ${fault}`);
  process.exitCode = 1;
}
