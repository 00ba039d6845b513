import { once } from 'node:events';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { evaluatedFolder, reportOf, reportPath, subject } from './testing/evaluated-folder.ts';
import { startFakeModelServer } from './testing/fake-model-server.ts';
import { cli, startCli } from './testing/test-workspace.ts';

/** A port that nobody listens at any more. */
async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

describe('evaluate and its server', { timeout: 300_000 }, () => {
  it('waits for a server that falters, lists what got no answer, and asks only that again', async () => {
    const { data, teacherTo } = await evaluatedFolder(6);
    const slow = new Set<string>();
    let isMended = false;
    const { url, questions } = await startFakeModelServer(({ body: { messages }, attempt }) => {
      const text = teacherTo(messages);
      if (slow.size === 0) slow.add(text);
      if (slow.has(text) && !isMended) return null;
      return attempt === 1 ? { status: 500 } : text;
    });
    const config = join(data, 'quick.json');
    writeFileSync(
      config,
      JSON.stringify({
        labeling: { retry: { faultDelaysMs: [1] } },
        evaluation: { requestTimeoutMs: 3000, baseURL: url, model: 'arae', structured: 'on' },
      }),
    );
    const run = () => cli(['evaluate', '--data', data, '--config', config], { cwd: data });
    const result = await run();
    expect(result.code, result.stderr).toBe(1);
    expect(result.stderr).toMatch(/student structured: 1 rows got no answer and count as failed \(.*3000 ms/);
    const student = subject(reportOf(data), 'student', true);
    expect(student.schema_compliance).toBeCloseTo(5 / 6);
    expect(student.unanswered).toHaveLength(1);
    expect(student.speed).toMatchObject({ output_tokens: 500 });
    expect(questions).toHaveLength(12);

    isMended = true;
    const again = await run();
    expect(again.code, again.stderr).toBe(0);
    expect(questions).toHaveLength(13);
    expect(subject(reportOf(data), 'student', true)).toMatchObject({ schema_compliance: 1, unanswered: [] });
  });

  it.each([
    [500, 'made up 500', 4],
    [400, 'made up 400', 1],
  ])('ends with one line when every answer is %i, and writes no report', async (status, told, tries) => {
    const { data, evaluate } = await evaluatedFolder(2);
    const { url, questions } = await startFakeModelServer(() => ({ status }));
    const result = await evaluate('--base-url', url, '--model', 'arae');
    expect(result.code).toBe(1);
    const last = result.stderr.trimEnd().split('\n').at(-1);
    expect(last).toMatch(
      /^arae-pipeline: arae: the last 2 questions got no answer \(.*\): see to the server/,
    );
    expect(last).toContain(told);
    expect(questions).toHaveLength(2 * tries);
    expect(existsSync(reportPath(data))).toBe(false);
  });

  it('asks a server that fell silent no more than it must', async () => {
    const { data, teacherTo, evaluate } = await evaluatedFolder(14);
    const { url, questions } = await startFakeModelServer(({ body }) =>
      questions.length <= 2 ? teacherTo(body.messages) : { status: 503 },
    );
    const flags = ['--base-url', url, '--model', 'arae', '--structured', 'on', '--concurrency', '1'];
    const result = await evaluate(...flags);
    expect(result.code).toBe(1);
    expect(result.stderr).toMatch(/the last 10 questions got no answer \(.*503.*what is answered is kept$/m);
    // Two answers, and ten questions with three retries each.
    expect(questions).toHaveLength(2 + 10 * 4);
    expect(existsSync(reportPath(data))).toBe(false);
  });

  it('stops cleanly at Ctrl-C and goes on from there', async () => {
    const { data, teacherTo, evaluate } = await evaluatedFolder(6);
    let interrupt: () => void = () => undefined;
    const { url, questions } = await startFakeModelServer(({ body }) => {
      if (questions.length === 2) interrupt();
      return teacherTo(body.messages);
    });
    const child = startCli(
      ['evaluate', '--data', data, '--base-url', url, '--model', 'arae', '--concurrency', '1'],
      { cwd: data },
    );
    interrupt = () => child.kill('SIGINT');
    const [code] = (await once(child, 'exit')) as [number];
    expect(code).toBe(130);
    const asked = questions.length;
    expect(asked).toBeLessThan(12);
    expect(existsSync(reportPath(data))).toBe(false);

    const result = await evaluate('--base-url', url, '--model', 'arae');
    expect(result.code, result.stderr).toBe(0);
    expect(questions).toHaveLength(12);
  });

  it('sends the key that it is told to send, and no other', async () => {
    const { data, teacherTo } = await evaluatedFolder(1);
    const { url, questions } = await startFakeModelServer(({ body, headers }) =>
      headers.authorization === 'Bearer served-0123456789' ? teacherTo(body.messages) : { status: 401 },
    );
    const flags = ['evaluate', '--data', data, '--base-url', url, '--model', 'arae', '--structured', 'on'];
    const env = { OPENAI_API_KEY: 'sk-of-openai-alone', VLLM_KEY: 'served-0123456789' };
    const without = await cli(flags, { cwd: data, env });
    expect(without.code).toBe(2);
    expect(without.stderr).toMatch(/^arae-pipeline: http:.* refuses the key \(401\): .* --api-key-env$/m);
    expect(questions[0]?.headers.authorization).toBe('Bearer none');
    const result = await cli([...flags, '--api-key-env', 'VLLM_KEY'], { cwd: data, env });
    expect(result.code, result.stderr).toBe(0);
    expect(readFileSync(join(data, 'progress/evaluation_answers_journal.jsonl'), 'utf8')).not.toContain(
      'served-0',
    );
    const missing = await cli([...flags, '--api-key-env', 'NO_KEY'], { cwd: data, env });
    expect(missing.stderr).toBe(
      "arae-pipeline: NO_KEY is not set: put the server's key into the environment or .env\n",
    );
  });

  it('refuses what cannot be evaluated, in one line', async () => {
    const { data, evaluate } = await evaluatedFolder(2);
    const { url, questions } = await startFakeModelServer(() => '{}');
    const flags = ['--base-url', url, '--model', 'arae'];
    const refused = async (told: RegExp, ...args: string[]) => {
      const { code, stderr } = await evaluate(...args);
      expect(stderr).toMatch(told);
      expect(stderr.trimEnd().split('\n')).toHaveLength(1);
      expect(code).toBe(2);
    };
    await refused(/say which server/, '--model', 'arae');
    await refused(/say which model/, '--base-url', url);
    await refused(/"evaluation\.baseURL"/, '--base-url', 'nowhere', '--model', 'arae');
    const gone = await closedPort();
    await refused(
      /^arae-pipeline: http:\/\/127\.0\.0\.1:\d+\/v1: no connection \(ECONNREFUSED\), check the base URL, or start the server$/m,
      ...['--base-url', `http://127.0.0.1:${gone}/v1`, '--model', 'arae'],
    );
    await refused(
      /^arae-pipeline: http:.* has no model "gone": choose one of arae, qwen3-8b/,
      '--base-url',
      url,
      '--model',
      'gone',
    );
    await refused(/is the model that is evaluated/, ...flags, '--base-model', 'arae');
    await refused(/--report out\.txt: name a file that ends in \.json/, ...flags, '--report', 'out.txt');
    await refused(/test\.jsonl is missing: run phase5 first/, ...flags, '--set', 'test');
    await refused(/--limit must be a whole number from 1/, ...flags, '--limit', '0');
    await refused(/"evaluation\.concurrency"/, ...flags, '--concurrency', '0');

    const val = join(data, 'val.jsonl');
    const rows = readFileSync(val, 'utf8').trimEnd().split('\n');
    writeFileSync(val, `${rows[0]}\n{"messages": [\n`);
    await refused(/val\.jsonl: line 2 is not JSON .*: repair or remove it, or run phase5 again/, ...flags);
    writeFileSync(val, `${rows[0]}\n{"messages": []}\n`);
    await refused(/val\.jsonl: line 2 is no row/, ...flags);
    const row = JSON.parse(rows[1] as string) as { messages: { content: string }[] };
    (row.messages[2] as { content: string }).content = '{"image_name": "x"}';
    writeFileSync(val, `${rows[0]}\n${JSON.stringify(row)}\n`);
    await refused(/val\.jsonl: line 2: the answer is no analysis/, ...flags);
    writeFileSync(val, '');
    await refused(/val\.jsonl holds no row/, ...flags);
    rmSync(val);
    await refused(/val\.jsonl is missing: run phase5 first/, ...flags);
    expect(questions).toEqual([]);
  });
});
