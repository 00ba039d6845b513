// Stands for arae-finetune in tests: writes what it was called with to the file that FAKE_FINETUNE_LOG names, then does what
// FAKE_FINETUNE says: {"lines": […], "output": …, "code": n, "wait": true}.
import { appendFileSync, readFileSync } from 'node:fs';
import { setInterval } from 'node:timers';

const args = process.argv.slice(2);
const settings = JSON.parse(readFileSync(args[args.indexOf('--settings') + 1], 'utf8'));
appendFileSync(process.env.FAKE_FINETUNE_LOG, `${JSON.stringify({ args, settings })}\n`);
const { lines = [], output = '', code = 0, wait = false } = JSON.parse(process.env.FAKE_FINETUNE);
for (const line of lines) console.error(line);
if (wait) {
  process.on('SIGINT', () => {
    console.error('arae-finetune: interrupted at step 3');
    process.exit(130);
  });
  setInterval(() => {}, 1000);
  console.error('waiting');
} else {
  process.stdout.write(output);
  process.exitCode = code;
}
