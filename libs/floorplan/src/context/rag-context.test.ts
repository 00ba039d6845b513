import { describe, expect, it } from 'vitest';
import { queryTextOf } from './query-text-of.ts';
import { ragContextSchema, renderRagContext } from './rag-context.ts';

const chunk = { rank: 1, content: '창 없는 공간은 30% 이하이다.', similarity: 0.81, source: '1.2' };

describe('queryTextOf', () => {
  it('names structure, bays and bedrooms', () => {
    expect(queryTextOf({ structure_type: '판상형', bay_count: 4, room_count: 3 })).toBe(
      '판상형 건축물 4Bay 침실 3개',
    );
  });

  it('fills what is not known', () => {
    expect(queryTextOf({})).toBe('혼합형 건축물 0Bay 침실 0개');
  });
});

describe('renderRagContext', () => {
  it('numbers the chunks in their order and parts them by a blank line', () => {
    const second = { ...chunk, rank: 9, content: '둘째\n줄' };
    expect(renderRagContext({ retrieved_chunks: [chunk, second] })).toBe(
      '[참고 1]\n창 없는 공간은 30% 이하이다.\n\n[참고 2]\n둘째\n줄\n',
    );
  });

  it('is empty without chunks', () => {
    expect(renderRagContext({ retrieved_chunks: [] })).toBe('');
  });
});

describe('ragContextSchema', () => {
  it('accepts a context and refuses a rank of 0 or a chunk without content', () => {
    const context = { query: 'q', retrieved_chunks: [chunk] };
    expect(ragContextSchema.parse(context)).toEqual(context);
    for (const wrong of [
      { ...chunk, rank: 0 },
      { ...chunk, content: undefined },
    ]) {
      expect(ragContextSchema.safeParse({ query: 'q', retrieved_chunks: [wrong] }).success).toBe(false);
    }
  });
});
