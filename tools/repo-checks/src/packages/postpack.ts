// Runs in a library's folder after `npm pack` and `npm publish`: the workspace's own package.json comes back.
import { fileURLToPath } from 'node:url';
import { putBackManifest } from './manifest-swap.ts';

putBackManifest(process.cwd(), fileURLToPath(new URL('../../../..', import.meta.url)));
