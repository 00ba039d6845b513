import { describe, expect, it } from 'vitest';
import type { EmbedderIdentity } from './embedder.ts';
import { embedderKey } from './embedder-key.ts';

const identity: EmbedderIdentity = {
  engine: 'onnx',
  model: 'Qwen3-Embedding-0.6B',
  label: 'Qwen3',
  dimensions: 768,
  pooling: 'last',
};

describe('embedderKey', () => {
  it('is the same for the same fields in any order, whatever the label', () => {
    const turned = Object.fromEntries(Object.entries(identity).toReversed()) as unknown as EmbedderIdentity;
    expect(embedderKey(turned)).toBe(embedderKey(identity));
    expect(embedderKey({ ...identity, label: 'other words' })).toBe(embedderKey(identity));
    expect(embedderKey(identity)).toMatch(/^[0-9a-f]{32}$/);
  });

  it('differs when any setting differs', () => {
    const variants: EmbedderIdentity[] = [
      identity,
      { ...identity, engine: 'http' },
      { ...identity, model: 'other' },
      { ...identity, dimensions: 1024 },
      { ...identity, pooling: 'mean' },
      { ...identity, dtype: 'q8' },
      { ...identity, instruction: 'q8' },
      { ...identity, revision: '2' },
      { ...identity, sha256: '2' },
    ];
    expect(new Set(variants.map(embedderKey)).size).toBe(variants.length);
  });
});
