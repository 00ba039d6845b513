import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { peakKibibytesOf } from '../peak-kibibytes.ts';
import { writeVariedLabels } from '../../varied-labels.ts';
import type { Work, Works } from '../works.ts';

const CLI = fileURLToPath(new URL('../../../../../apps/review/bin/arae-review.js', import.meta.url));
const ASKED = 200;
let server: { pid: number } | null = null;

/** 200 drawings asked of the review server, one after the other, beside a server that holds one answer of that size ready. */
export const review: Works = {
  prepare: async (folder, size) => {
    await writeVariedLabels(folder, size);
    for (const stem of JSON.parse(readFileSync(join(folder, 'sampled_images.json'), 'utf8')) as string[]) {
      const label = readFileSync(join(folder, 'output', stem, 'llm_analysis_rule-based.json'));
      for (const name of ['openai', 'gemini']) {
        writeFileSync(join(folder, 'output', stem, `llm_analysis_${name}.json`), label);
      }
    }
    const { address, cookie, stop } = await openReview(folder);
    writeFileSync(
      join(folder, 'answer.json'),
      await ask(new URL('/api/items/0?reviewer=bench', address), cookie),
    );
    stop();
  },
  ours: async (folder, size) => {
    const { address, cookie } = await openReview(folder);
    return asking((index) => new URL(`/api/items/${index % size}?reviewer=bench`, address), cookie);
  },
  peakKibibytes: () => peakKibibytesOf(server?.pid ?? 0),
  plain: async (folder) => {
    const answer = readFileSync(join(folder, 'answer.json'));
    const plain = createServer((_request, response) => response.end(answer)).listen(0, '127.0.0.1');
    plain.unref();
    await once(plain, 'listening');
    const { port } = plain.address() as AddressInfo;
    return asking(() => new URL(`http://127.0.0.1:${port}/`), '');
  },
};

function asking(addressOf: (index: number) => URL, cookie: string): Work {
  return async () => {
    for (let index = 0; index < ASKED; index++) await ask(addressOf(index), cookie);
    return null;
  };
}

async function ask(address: URL, cookie: string): Promise<string> {
  const answer = await fetch(address, { headers: { cookie } });
  if (!answer.ok) throw new Error(`${address.pathname} answered ${answer.status}: ${await answer.text()}`);
  return answer.text();
}

/** Starts the server, which ends with this process, and goes in by its token. */
async function openReview(folder: string): Promise<{ address: URL; cookie: string; stop: () => void }> {
  const child = spawn(process.execPath, [CLI, '--data', folder, '--items', '0'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  server = { pid: child.pid ?? 0 };
  const stop = () => void child.kill('SIGTERM');
  process.once('exit', stop);
  child.unref();
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  child.stdout.destroy();
  const address = new URL(/http:\S+/.exec(line.toString())?.[0] ?? '');
  const opened = await fetch(address, { redirect: 'manual' });
  return { address, cookie: (opened.headers.get('set-cookie') ?? '').split(';')[0] ?? '', stop };
}
