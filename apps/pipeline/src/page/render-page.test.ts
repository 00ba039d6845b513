import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { renderPage } from './render-page.ts';

it('lets its own script run, and no other', () => {
  const html = renderPage({ title: ['가', 'a'], heading: ['가', 'a'], introduction: '', sections: [] });
  const script = /<script>([^]*)<\/script>/.exec(html)?.[1] ?? '';
  const hash = createHash('sha256').update(script).digest('base64');
  const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1];
  expect(policy).toContain(`script-src 'sha256-${hash}';`);
  expect(policy).toMatch(/^default-src 'none';/);
});
