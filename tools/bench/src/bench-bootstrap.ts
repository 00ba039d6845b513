import { MADE_UP_TEACHERS, bootstrapCoverage } from './bootstrap-coverage.ts';

// npm run bench:bootstrap -w @arae/bench [-- comparisons [items]]
const comparisons = Number(process.argv[2] ?? 2000);
const items = Number(process.argv[3] ?? 100);

console.log(`${comparisons.toLocaleString('en')} comparisons over ${items} items each, 95 % intervals`);
for (const [index, teachers] of MADE_UP_TEACHERS.entries()) {
  const coverage = bootstrapCoverage(teachers, { comparisons, items, seed: index + 1 });
  console.log(`${teachers.name.padEnd(58)}${(100 * coverage).toFixed(1).padStart(6)} %`);
}
