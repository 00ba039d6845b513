import { describe, expect, it } from 'vitest';
import { createGeminiTeacher } from './gemini-teacher.ts';
import type { GeminiTeacherOptions } from './gemini-teacher.ts';
import { createOpenAiTeacher } from './openai-teacher.ts';
import type { OpenAiTeacherOptions } from './openai-teacher.ts';
import { requestKey } from './request-key.ts';

const prompt = { system: 'system', user: 'user' };
const openAi: OpenAiTeacherOptions = {
  apiKey: 'sk-test-MARKED-KEY-123',
  model: 'gpt-4o',
  temperature: 0.1,
  reasoningEffort: null,
  maxOutputTokens: 8000,
  timeoutMs: 1000,
};
const gemini: GeminiTeacherOptions = {
  apiKey: 'AIzaMARKEDKEY123456',
  model: 'gemini-3.1-pro-preview',
  temperature: null,
  thinkingLevel: 'LOW',
  maxOutputTokens: 8000,
  timeoutMs: 1000,
};
const openAiKey = (changes: Partial<OpenAiTeacherOptions> = {}) =>
  requestKey(createOpenAiTeacher({ ...openAi, ...changes }), prompt);
const geminiKey = (changes: Partial<GeminiTeacherOptions> = {}) =>
  requestKey(createGeminiTeacher({ ...gemini, ...changes }), prompt);

describe('requestKey', () => {
  it('changes with either message, and knows where one ends', () => {
    const teacher = { identity: { model: 'a' } };
    const keys = [
      { system: 'system', user: 'user' },
      { system: 'system!', user: 'user' },
      { system: 'system', user: 'user!' },
      { system: 'systemu', user: 'ser' },
      { system: 'user', user: 'system' },
    ].map((messages) => requestKey(teacher, messages));
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('changes with a schema deep in the identity, not with the order of keys', () => {
    const key = (identity: Record<string, unknown>) => requestKey({ identity }, prompt);
    expect(key({ a: 1, schema: { x: 1, y: [1, 2] } })).toBe(key({ schema: { y: [1, 2], x: 1 }, a: 1 }));
    expect(key({ a: 1, schema: { x: 1, y: [1, 2] } })).not.toBe(key({ a: 1, schema: { x: 1, y: [2, 1] } }));
    expect(key({ a: 1, schema: { x: 1 } })).not.toBe(key({ a: 1, schema: { x: '1' } }));
  });

  it.each<[string, Partial<OpenAiTeacherOptions>]>([
    ['model', { model: 'gpt-4o-mini' }],
    ['temperature', { temperature: 0.2 }],
    ['no temperature', { temperature: null }],
    ['effort', { reasoningEffort: 'low' }],
    ['output limit', { maxOutputTokens: 9000 }],
    ['base URL', { baseURL: 'http://localhost:1/v1' }],
    ['endpoint', { endpoint: 'simulator' }],
  ])('changes with the %s of OpenAI', (_name, changes) => {
    expect(openAiKey(changes)).not.toBe(openAiKey());
  });

  it.each<[string, Partial<GeminiTeacherOptions>]>([
    ['model', { model: 'gemini-4-argon' }],
    ['temperature', { temperature: 1 }],
    ['thinking', { thinkingLevel: 'HIGH' }],
    ['no thinking', { thinkingLevel: null }],
    ['output limit', { maxOutputTokens: null }],
    ['base URL', { baseURL: 'http://localhost:1' }],
    ['endpoint', { endpoint: 'simulator' }],
    ['API version', { apiVersion: 'v1beta' }],
  ])('changes with the %s of Gemini', (_name, changes) => {
    expect(geminiKey(changes)).not.toBe(geminiKey());
  });

  it('does not change with key, name and timeout, nor with the port behind a named endpoint', () => {
    expect(openAiKey({ apiKey: 'sk-another-key-456', name: 'other', timeoutMs: 5 })).toBe(openAiKey());
    expect(geminiKey({ apiKey: 'AIzaOTHERKEY', name: 'other', timeoutMs: 5 })).toBe(geminiKey());
    expect(openAiKey({ endpoint: 'simulator', baseURL: 'http://localhost:1/v1' })).toBe(
      openAiKey({ endpoint: 'simulator', baseURL: 'http://localhost:2/v1' }),
    );
  });

  it('holds the schema and no key', () => {
    for (const { identity } of [createOpenAiTeacher(openAi), createGeminiTeacher(gemini)]) {
      expect(JSON.stringify(identity)).toContain('non_compliant_items');
      expect(JSON.stringify(identity)).not.toContain('MARKED');
    }
  });
});
