import { readFileSync, readdirSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { Hono } from 'hono';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** The files of the built page, read once; nothing else of the disk can be asked for. */
export function servePage(app: Hono, folder: string): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    const path = file.slice(folder.length).replaceAll('\\', '/');
    const content = new Uint8Array(readFileSync(file));
    const type = TYPES[extname(file)] ?? 'application/octet-stream';
    // Names of assets hold their hash.
    const caching = path.startsWith('/assets/') ? 'private, max-age=86400, immutable' : 'no-store';
    const headers = { 'content-type': type, 'cache-control': caching };
    app.get(path === '/index.html' ? '/' : path, (context) => context.body(content, 200, headers));
  }
}
