import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { CriteriaError, DEFAULT_CRITERIA_URL, parseCriteriaDocument } from './criteria-document.ts';

const chunks = [{ chunk_id: 'a', content: '창', keywords: ['채광'], section_ref: '1.1' }];
const parsed = [{ chunkId: 'a', content: '창', keywords: ['채광'], source: '1.1' }];

function parse(value: unknown) {
  return parseCriteriaDocument(JSON.stringify(value), 'criteria.json');
}

describe('parseCriteriaDocument', () => {
  it.each([
    ['chunks_for_embedding', { chunks_for_embedding: chunks, document: 'x' }],
    ['chunks', { chunks }],
    ['a bare list', chunks],
  ])('reads %s', (_name, document) => {
    expect(parse(document)).toEqual(parsed);
  });

  it('prefers chunks_for_embedding', () => {
    expect(parse({ chunks: [{ content: 'other' }], chunks_for_embedding: chunks })).toEqual(parsed);
  });

  it('takes source, else section_ref, else unknown', () => {
    const sources = parse([
      { content: 'x', source: 's', section_ref: 'r' },
      { content: 'x', source: null, section_ref: 'r' },
      { content: 'x', section_ref: 'r' },
      { content: 'x', section_ref: null },
      { content: 'x' },
    ]).map(({ source }) => source);
    expect(sources).toEqual(['s', 'r', 'r', 'unknown', 'unknown']);
  });

  it('fills what is missing', () => {
    expect(parse([{ content: 'x' }, { chunk_id: 7, content: ' y\n', keywords: '창', more: 1 }])).toEqual([
      { chunkId: '0', content: 'x', keywords: [], source: 'unknown' },
      { chunkId: '7', content: ' y\n', keywords: ['창'], source: 'unknown' },
    ]);
  });

  it.each<[string, string]>([
    ['{', 'criteria.json: no JSON ('],
    ['{"parts":[]}', 'criteria.json: neither {"chunks_for_embedding": […]}'],
    ['null', 'criteria.json: neither'],
    ['[]', 'criteria.json: holds no chunks'],
    ['{"chunks":[]}', 'criteria.json: holds no chunks'],
    ['[{"content":"x"},{"chunk_id":"b"}]', 'criteria.json: chunk 1: content: Invalid input'],
    ['["text"]', 'criteria.json: chunk 0: Invalid input'],
    ['[{"chunk_id":"b","content":" "}]', 'criteria.json: chunk 0 (b) has no text'],
  ])('refuses %s', (text, message) => {
    expect(() => parseCriteriaDocument(text, 'criteria.json')).toThrow(CriteriaError);
    expect(() => parseCriteriaDocument(text, 'criteria.json')).toThrow(message);
  });
});

describe('the bundled criteria', () => {
  it('are fifteen, each with its own id, text, keywords and place', async () => {
    const bundled = parseCriteriaDocument(await readFile(DEFAULT_CRITERIA_URL, 'utf8'), 'bundled criteria');
    expect(bundled).toHaveLength(15);
    expect(new Set(bundled.map(({ chunkId }) => chunkId)).size).toBe(15);
    expect(new Set(bundled.map(({ content }) => content)).size).toBe(15);
    for (const { keywords, source } of bundled) {
      expect(keywords.length).toBeGreaterThan(0);
      expect(source).not.toBe('unknown');
    }
  });
});
