import { createInterface } from 'node:readline';
import { peakKibibytesOf } from './peak-kibibytes.ts';
import { WORKS } from './works.ts';
import type { WorkName, Works } from './works.ts';

// The other end of startSide, for what runs in Node: WORK ours|plain FOLDER SIZE
const [name, side, folder = '', size] = process.argv.slice(2);
const works: Works = await WORKS[name as WorkName]();
const start = side === 'ours' ? works.ours : works.plain;
if (typeof start === 'string') throw new Error(`${name} has no plain side in Node`);
const work = await start(folder, Number(size));
console.log('ready');
for await (const line of createInterface({ input: process.stdin })) {
  void line;
  const startedAt = process.hrtime.bigint();
  const found = await work();
  const seconds = Number(process.hrtime.bigint() - startedAt) / 1e9;
  console.log(
    typeof found === 'object' && found !== null ? `${found.seconds} -` : `${seconds} ${found ?? '-'}`,
  );
}
const own = peakKibibytesOf('self');
console.log(`peak ${side === 'ours' ? (works.peakKibibytes?.() ?? own) : own}`);
process.exit(0);
