// Prints what a phase depends on beside the sources, for Nx: see ../src/nx/phase-fingerprint.ts.
import { registerSources } from './register-sources.js';

registerSources();
await import('../src/nx/print-fingerprint.ts');
