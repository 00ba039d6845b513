import { registerSources } from './register-sources.js';

registerSources();
await import('../src/main.ts');
