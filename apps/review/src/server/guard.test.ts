import { request } from 'node:http';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { ItemAnswer } from '../contract.ts';
import { labelledFolder } from '../testing/labelled-folder.ts';
import { serveFolder, TOKEN } from '../testing/serve-folder.ts';

/** With headers that fetch does not let anyone set. */
const statusOf = (port: number, path: string, headers: Record<string, string>): Promise<number> =>
  new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });

describe('who is let in', () => {
  it('opens the page with the token, which becomes a cookie, and nothing without it', async () => {
    const { port, ask } = await serveFolder(await labelledFolder({ count: 2 }));
    const open = (token: string) => fetch(`http://127.0.0.1:${port}/?token=${token}`);
    const opened = await open(TOKEN);
    expect(opened.status).toBe(200);
    expect(opened.headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Strict/);
    expect(opened.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect((await open('another')).status).toBe(401);
    for (const path of ['/', '/api/session?reviewer=kim', '/api/items/0?reviewer=kim', '/drawings/x']) {
      expect((await fetch(`http://127.0.0.1:${port}${path}`)).status).toBe(401);
    }
    // The token opens the page only.
    expect((await fetch(`http://127.0.0.1:${port}/api/session?reviewer=kim&token=${TOKEN}`)).status).toBe(
      401,
    );
    expect((await ask('/api/session?reviewer=kim')).status).toBe(200);
  });

  it('refuses other hosts, other origins and requests of other sites', async () => {
    const { port } = await serveFolder(await labelledFolder({ count: 2 }));
    const cookie = `arae-review-${port}=${TOKEN}`;
    const host = `127.0.0.1:${port}`;
    const path = '/api/session?reviewer=kim';
    expect(await statusOf(port, path, { host, cookie })).toBe(200);
    expect(await statusOf(port, path, { host: `localhost:${port}`, cookie })).toBe(200);
    for (const other of [
      'evil.example',
      `evil.example:${port}`,
      '127.0.0.1',
      `127.0.0.1:${port}.evil.example`,
    ]) {
      // 400 where it is no host at all.
      expect([400, 403]).toContain(await statusOf(port, path, { host: other, cookie }));
    }
    expect(await statusOf(port, path, { host, cookie, origin: `http://${host}` })).toBe(200);
    for (const origin of ['http://evil.example', `https://${host}`, 'null', 'http://127.0.0.1:1']) {
      expect(await statusOf(port, path, { host, cookie, origin })).toBe(403);
    }
    expect(await statusOf(port, path, { host, cookie, 'sec-fetch-site': 'cross-site' })).toBe(403);
    expect(await statusOf(port, path, { host, cookie, 'sec-fetch-site': 'same-site' })).toBe(403);
  });

  it('gives nothing but the page, the items and their drawings', async () => {
    const made = await labelledFolder({ count: 1, drawings: true });
    const { port, ask } = await serveFolder(made);
    const cookie = `arae-review-${port}=${TOKEN}`;
    const host = `127.0.0.1:${port}`;
    const [stem = ''] = made.stems;
    const drawing = await ask(`/drawings/${stem}`);
    expect(drawing.headers.get('content-type')).toBe('image/webp');
    // Cut to the part that the page lays it over.
    const { view } = (await (await ask('/api/items/0?reviewer=kim')).json()) as ItemAnswer;
    const { width, height } = await sharp(await drawing.arrayBuffer()).metadata();
    expect(width / height).toBeCloseTo(view[2] / view[3], 2);
    expect(Math.max(width, height)).toBe(1400);
    for (const path of [
      '/drawings/..%2F..%2F..%2F..%2Fetc%2Fpasswd',
      '/drawings/../../etc/passwd',
      '/..%2Fsampled_images.json',
      '/../sampled_images.json',
      '/sampled_images.json',
      '/api/items/-1?reviewer=kim',
      '/api/items/1e3?reviewer=kim',
      '/api/items/__proto__?reviewer=kim',
      '/api/items/999?reviewer=kim',
    ]) {
      expect(await statusOf(port, path, { host, cookie }), path).toBe(404);
    }
    expect((await ask('/api/session')).status).toBe(400);
  });
});
