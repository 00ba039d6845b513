import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GoogleGenAI } from '@google/genai';
import { floorPlanAnalysisJsonSchema, strictFloorPlanAnalysisSchema } from '@arae/floorplan';
import OpenAI, { APIConnectionError } from 'openai';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makePlan, promptFor } from '../testing/make-plan.ts';
import { openAiRequest } from '../testing/open-ai-request.ts';
import { startTeacherSimulator } from './start-teacher-simulator.ts';
import type { TeacherSimulator, TeacherSimulatorOptions } from './start-teacher-simulator.ts';

const SECRET = 'sk-very-secret-4711';
const running: TeacherSimulator[] = [];
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'teacher-simulator-'));
});

afterEach(async () => {
  await Promise.all(running.splice(0).map((simulator) => simulator.close()));
  await rm(folder, { recursive: true });
});

async function start(options: TeacherSimulatorOptions = {}): Promise<TeacherSimulator> {
  const simulator = await startTeacherSimulator({ mistakes: 0, ...options });
  running.push(simulator);
  return simulator;
}

function askOpenAi({ openAiBaseUrl }: TeacherSimulator, number = 1, maxRetries = 0) {
  return new OpenAI({ apiKey: SECRET, baseURL: openAiBaseUrl, maxRetries }).chat.completions.create({
    model: 'gpt-4o',
    messages: [{ role: 'user', content: promptFor(makePlan(number)) }],
    response_format: {
      type: 'json_schema',
      json_schema: { name: 'analysis', strict: true, schema: floorPlanAnalysisJsonSchema() },
    },
  });
}

function askGemini({ geminiBaseUrl }: TeacherSimulator) {
  return new GoogleGenAI({ apiKey: SECRET, httpOptions: { baseUrl: geminiBaseUrl } }).models.generateContent({
    model: 'gemini-3.1-pro-preview',
    contents: promptFor(makePlan(1)),
    config: { responseMimeType: 'application/json', responseJsonSchema: floorPlanAnalysisJsonSchema() },
  });
}

describe('startTeacherSimulator', () => {
  it('answers both SDKs over HTTP', async () => {
    const simulator = await start();
    const openAi = (await askOpenAi(simulator)).choices[0]?.message.content ?? '';
    const gemini = (await askGemini(simulator)).text ?? '';
    for (const text of [openAi, gemini]) {
      expect(strictFloorPlanAnalysisSchema.parse(JSON.parse(text)).room_count).toBe(2);
    }
    expect(openAi).not.toBe(gemini);
    expect(simulator.requests().map(({ provider }) => provider)).toEqual(['openai', 'gemini']);
  });

  it('serves the models of both at one path, by the place of the key', async () => {
    const { url, openAiBaseUrl } = await start();
    const models = await new OpenAI({ apiKey: SECRET, baseURL: openAiBaseUrl }).models.list();
    expect(models.data[0]?.id).toBe('gpt-4o');
    const gemini = new GoogleGenAI({ apiKey: SECRET, httpOptions: { baseUrl: url } });
    expect((await gemini.models.list()).page[0]?.name).toBe('models/gemini-3.1-pro-preview');
  });

  it('cuts connections, which the SDK sees as errors without a status', async () => {
    const simulator = await start({ faults: { cutConnection: 1 } });
    const errors = await Promise.all(
      [1, 2, 3, 4, 5, 6].map((number) => askOpenAi(simulator, number).catch((error: unknown) => error)),
    );
    const kinds = new Set(errors.map((error) => (error as Error).constructor.name));
    expect(kinds).toEqual(new Set([APIConnectionError.name, TypeError.name]));
    expect(simulator.requests().map(({ outcome }) => outcome)).toEqual(
      errors.map(() => 'fault:cutConnection'),
    );
  });

  it('lets the retries of the SDK come through', async () => {
    const simulator = await start({ faults: { rateLimit: 1, retryAfterSeconds: 0.01 } });
    expect((await askOpenAi(simulator, 1, 2)).choices).toHaveLength(1);
    expect(simulator.requests().map(({ attempt, outcome }) => `${attempt} ${outcome}`)).toEqual([
      '1 fault:rateLimit',
      '2 fault:rateLimit',
      '3 answered',
    ]);
  });

  it('has an answer in the log file before the client has it, and no key', async () => {
    const logFile = join(folder, 'requests.jsonl');
    const simulator = await start({ logFile });
    const lines = await askOpenAi(simulator).then(() => readFile(logFile, 'utf8'));
    expect(
      lines
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual(simulator.requests());
    await askGemini(simulator);
    const log = await readFile(logFile, 'utf8');
    expect(log.split('\n')).toHaveLength(3);
    expect(log).not.toContain(SECRET);
  });

  it('logs a client that went away', async () => {
    const simulator = await start({ faults: { latencyMs: { distribution: 'fixed', median: 60_000 } } });
    const [url, init] = openAiRequest(1, simulator.openAiBaseUrl);
    await expect(fetch(url, { ...init, signal: AbortSignal.timeout(50) })).rejects.toThrow();
    await expect.poll(() => simulator.requests()[0]?.outcome).toBe('client-gone');
  });

  it('ends answers under way and idle connections at once', async () => {
    const simulator = await start({ faults: { latencyMs: { distribution: 'fixed', median: 60_000 } } });
    const pending = fetch(...openAiRequest(1, simulator.openAiBaseUrl)).catch((error: unknown) => error);
    await fetch(`${simulator.openAiBaseUrl}/models`, { headers: { authorization: 'Bearer x' } });
    await simulator.close();
    await simulator.close();
    expect(await pending).toBeInstanceOf(TypeError);
  });

  it('refuses a foreign host, an unknown path, a missing key and what is too large', async () => {
    const { url, openAiBaseUrl } = await start();
    expect(await statusWithHost(url, 'evil.example')).toBe(403);
    expect(await statusWithHost(url, new URL(url).host)).toBe(401);
    expect((await fetch(`${url}/v1/unknown`)).status).toBe(404);
    const [address, init] = openAiRequest(1, openAiBaseUrl);
    expect((await fetch(address, { ...init, body: 'x'.repeat(8 * 2 ** 20 + 1) })).status).toBe(413);
    expect((await fetch(address, { ...init, body: '{' })).status).toBe(400);
  });

  it('rejects a port that is taken and a log file that cannot be written', async () => {
    const { url } = await start();
    await expect(start({ port: Number(new URL(url).port) })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await expect(start({ logFile: join(folder, 'none', 'log') })).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

/** fetch sets the host itself. */
function statusWithHost(url: string, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(`${url}/v1/models`, { headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
}
