import { describe, expect, it } from 'vitest';
import { planTransfer } from './plan-transfer.ts';

const file = (path: string, sha256: string) => ({ path, size: 1, mtime: 0, sha256 });
const map = (entries: Record<string, string>) => new Map(Object.entries(entries));

/** One file under three hashes: at the source, at the target, and when both were last equal. */
function fate(source: string | null, target: string | null, base: string | null): string {
  const only = (hash: string | null) => map(hash === null ? {} : { f: hash });
  const plan = planTransfer(source === null ? [] : [file('f', source)], only(target), only(base));
  const fates = Object.entries(plan).filter(([, list]) => (list as unknown[]).length > 0);
  return fates.map(([name]) => name).join() || 'left alone';
}

describe('planTransfer', () => {
  it.each([
    ['new', 'a', null, null, 'send'],
    ['changed here', 'b', 'a', 'a', 'send'],
    ['lost there', 'a', null, 'a', 'send'],
    ['equal', 'a', 'a', 'a', 'same'],
    ['equal by chance', 'a', 'a', null, 'same'],
    ['made equal on both sides', 'b', 'b', 'a', 'same'],
    ['changed there', 'a', 'b', 'a', 'newer'],
    ['changed on both sides', 'c', 'b', 'a', 'conflicts'],
    ['made on both sides', 'c', 'b', null, 'conflicts'],
    ['deleted here', null, 'a', 'a', 'remove'],
    ['deleted here, changed there', null, 'b', 'a', 'left alone'],
    ['made there', null, 'b', null, 'left alone'],
    ['deleted on both sides', null, null, 'a', 'left alone'],
  ])('a file %s', (_, source, target, base, expected) => {
    expect(fate(source, target, base)).toBe(expected);
  });
});
