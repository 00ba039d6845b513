import { describe, expect, it } from 'vitest';
import { createFakeFetch, cutBeforeHeaders, json } from '../testing/fake-fetch.ts';
import type { FetchReply } from '../testing/fake-fetch.ts';
import { makeRun } from '../testing/make-run.ts';
import { createGeminiTeacher } from './gemini-teacher.ts';
import { createOpenAiTeacher } from './openai-teacher.ts';

const OPENAI_KEY = 'sk-test-MARKED-KEY-123';
const GEMINI_KEY = 'AIzaMARKEDKEY123456';
const echo = (status: number): FetchReply =>
  json(status, { error: { message: `You sent ${OPENAI_KEY} ${GEMINI_KEY}`, code: 'x', status: 'X' } });

const common = { temperature: null, maxOutputTokens: null, timeoutMs: 1000 };
const teachers = {
  openai: (fetch: typeof globalThis.fetch) =>
    createOpenAiTeacher({ ...common, apiKey: OPENAI_KEY, model: 'gpt-4o', reasoningEffort: null, fetch }),
  gemini: (fetch: typeof globalThis.fetch) =>
    createGeminiTeacher({
      ...common,
      apiKey: GEMINI_KEY,
      model: 'gemini-4-argon',
      thinkingLevel: null,
      fetch,
    }),
};

describe.each(Object.entries(teachers))('a run with %s', (_name, create) => {
  it.each<[string, FetchReply[]]>([
    ['faults and a refused request', [echo(500), echo(429), cutBeforeHeaders(), echo(400)]],
    ['a refused key', [echo(401)]],
    ['no access', [echo(403)]],
  ])('that meets %s shows no key in journal, events, outcomes and errors', async (_case, replies) => {
    const run = makeRun();
    const teacher = create(createFakeFetch(...replies).fetch);
    const error: unknown = await run.label(['plan-001'], { teacher }).catch((caught: unknown) => caught);
    expect(run.journal.records.length).toBeGreaterThan(0);
    const errors = [error, ...run.events.map((event) => ('error' in event ? event.error : null))];
    const everything = [
      JSON.stringify([run.journal.records, run.events, run.outcomes, teacher]),
      ...errors.map((caught) => (caught instanceof Error ? `${caught.stack} ${JSON.stringify(caught)}` : '')),
    ].join('\n');
    expect(everything).not.toContain('MARKED');
  });
});
