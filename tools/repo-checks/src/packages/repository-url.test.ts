import { describe, expect, it } from 'vitest';
import { repositoryUrl } from './repository-url.ts';

describe('repositoryUrl', () => {
  it.each([
    'https://example.org/arae/distill',
    'https://example.org/arae/distill.git',
    'https://someone:secret@example.org/arae/distill.git/',
    'git@example.org:arae/distill.git',
    'ssh://git@example.org:2222/arae/distill',
  ])('shows %s without names and tokens', (remote) => {
    expect(repositoryUrl(remote)).toBe('git+https://example.org/arae/distill.git');
  });

  it('keeps the port of a server', () => {
    expect(repositoryUrl('https://example.org:8443/a/b')).toBe('git+https://example.org:8443/a/b.git');
  });

  it.each([
    '',
    '/srv/git/distill',
    '../distill',
    'C:\\git\\distill',
    'file:///srv/git/distill',
    'https://example.org/',
  ])('knows no address that others can reach for "%s"', (remote) => {
    expect(repositoryUrl(remote)).toBeNull();
  });
});
