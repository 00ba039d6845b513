import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { inTemporaryFolder } from './temporary-folder.ts';

// npm run bench:review -w @arae/bench -- DATA IMAGES [items [flips]]
const [data, images, items = '2000', flips = '100'] = process.argv.slice(2);
if (data === undefined || images === undefined || !existsSync(join(data, 'output'))) {
  console.error('say which data folder and which drawings: those of the demo for instance');
  process.exit(2);
}
const cli = fileURLToPath(new URL('../../../apps/review/bin/arae-review.js', import.meta.url));
/** Time between two keys: nobody reads two analyses faster. */
const LOOKS_MS = 1500;

await inTemporaryFolder(async (folder) => {
  const count = Number(items);
  multiply(folder, count);
  const args = ['--data', folder, '--images', join(folder, 'images'), '--items', '0'];
  const startedAt = performance.now();
  const server = spawn(process.execPath, [cli, ...args], { stdio: ['ignore', 'pipe', 'ignore'] });
  const address = await new Promise<string>((resolve) =>
    server.stdout.once('data', (line: Buffer) => resolve(line.toString().trim())),
  );
  console.log(`${count.toLocaleString('en')} drawings: ready in ${seconds(performance.now() - startedAt)}`);
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
  const page = await browser.newPage({
    viewport: { width: 1366, height: 768 },
    // Waiting for a condition in the page needs eval, which the page forbids.
    bypassCSP: true,
  });
  await page.goto(address);
  await page.locator('input').fill('bench');
  await page.locator('input').press('Enter');
  await page.waitForSelector('main.item');
  // Measured in the page: from the key until the next item, its drawing decoded, has been painted.
  await page.evaluate(() => {
    const onKey = ({ timeStamp }: KeyboardEvent) => {
      const before = document.querySelector('main.item')?.getAttribute('data-place');
      const look = () => {
        const item = document.querySelector('main.item');
        if (!item || item.getAttribute('data-place') === before) return void requestAnimationFrame(look);
        const href = item.querySelector('image')?.getAttribute('href');
        const picture = new Image();
        if (href) picture.src = href;
        void (href ? picture.decode() : Promise.resolve()).then(() =>
          requestAnimationFrame(() => {
            document.title = String(performance.now() - timeStamp);
          }),
        );
      };
      requestAnimationFrame(look);
    };
    // Before the page's own listener.
    addEventListener('keydown', onKey, { capture: true });
  });
  const took: number[] = [];
  for (let flip = 0; flip < Number(flips); flip++) {
    await page.waitForTimeout(LOOKS_MS);
    await page.evaluate(() => (document.title = ''));
    await page.keyboard.press('n');
    await page.waitForFunction(() => document.title !== '' && !Number.isNaN(Number(document.title)));
    took.push(Number(await page.title()));
  }
  took.sort((a, b) => a - b);
  const at = (share: number) => `${(took[Math.floor(share * (took.length - 1))] ?? NaN).toFixed(0)} ms`;
  console.log(
    `from the key to the next item on the screen: median ${at(0.5)}, p95 ${at(0.95)}, most ${at(1)}`,
  );
  await browser.close();
  server.kill('SIGTERM');
});

/** Copies the items of a data folder under new names until there are enough; drawings are linked. */
function multiply(to: string, count: number): void {
  const from = join(data ?? '', 'output');
  const sources = readdirSync(from);
  mkdirSync(join(to, 'images'));
  const stems = Array.from({ length: count }, (_, index) => `COPY_${String(index).padStart(9, '0')}`);
  for (const [index, stem] of stems.entries()) {
    const source = sources[index % sources.length] ?? '';
    cpSync(join(from, source), join(to, 'output', stem), { recursive: true });
    symlinkSync(join(images ?? '', `${source}.PNG`), join(to, 'images', `${stem}.PNG`));
  }
  writeFileSync(join(to, 'sampled_images.json'), JSON.stringify(stems));
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}
