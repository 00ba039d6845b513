import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bytesOf, emptySyncRecord, HashCache, makeManifest, pushFolder, sshOptions } from '@arae/transfer';
import { startSshd } from '@arae/transfer/testing';
import { median } from './median.ts';
import { inTemporaryFolder } from './temporary-folder.ts';

// npm run bench:transfer -w @arae/bench -- [folders [rounds]]
const [folders = 2000, rounds = 3] = process.argv.slice(2).map(Number);

/** Four files each, as a labelled drawing has, 150 kB together. */
const FILES = {
  'topology_graph.json': 110_000,
  'rag_context.json': 20_000,
  'llm_analysis_openai.json': 10_000,
  'llm_analysis_gemini.json': 10_000,
};

await inTemporaryFolder(async (folder) => {
  const root = join(folder, 'data');
  for (let n = 0; n < folders; n++) {
    const item = join(root, 'output', `APT_FP_OBJ_${String(n).padStart(9, '0')}`);
    await mkdir(item, { recursive: true });
    for (const [name, size] of Object.entries(FILES)) {
      await writeFile(join(item, name), randomBytes(size));
      await utimes(join(item, name), 1_700_000_000, 1_700_000_000);
    }
  }
  const machine = await startSshd();
  // Straight to the server: the proxy of the tests would take its share of the processor.
  const target = { ...machine.target, port: machine.serverPort };
  const times = { tar: [] as number[], push: [] as number[], again: [] as number[] };
  const seconds = async (work: () => Promise<unknown>) => {
    const start = performance.now();
    await work();
    return (performance.now() - start) / 1000;
  };
  let bytes = 0;
  try {
    for (let round = 0; round < rounds; round++) {
      const there = join(machine.home, `tar${round}`);
      const stream = `tar -C '${root}' -cf - . | ssh "$@" ${target.username}@127.0.0.1 "mkdir -p '${there}' && tar -C '${there}' -xf -"`;
      times.tar.push(await seconds(() => ended('sh', ['-c', stream, 'sh', ...sshOptions(target)])));

      const record = emptySyncRecord();
      const cache = new HashCache();
      const push = async () => {
        const manifest = await makeManifest(root, { cache, now: () => Date.now() + 10_000 });
        bytes = bytesOf(manifest);
        const remote = { target, root: join(machine.home, `push${round}`) };
        await pushFolder({
          root,
          remote,
          manifest,
          record,
          save: () => Promise.resolve(),
          sleep: () => Promise.resolve(),
        });
      };
      times.push.push(await seconds(push));
      times.again.push(await seconds(push));
      for (const name of [`tar${round}`, `push${round}`])
        await rm(join(machine.home, name), { recursive: true });
    }
  } finally {
    await machine.kill();
    machine.remove();
  }
  const [tar, push, again] = [median(times.tar), median(times.push), median(times.again)];
  const speed = (took: number) => `${(bytes / 1e6 / took).toFixed(0)} MB/s`;
  console.log(
    `${folders * 4} files, ${(bytes / 1e6).toFixed(0)} MB over SSH on the loopback, median of ${rounds}: one tar stream ${tar.toFixed(2)} s (${speed(tar)}), ` +
      `push with hashes on both sides ${push.toFixed(2)} s (${speed(push)}, ${((100 * tar) / push).toFixed(0)} % of the stream's speed), ` +
      `nothing changed ${again.toFixed(2)} s`,
  );
});

function ended(command: string, args: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'inherit'] });
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`${command} ended with ${code}`)),
    );
  });
}
