import { randomUUID } from 'node:crypto';
import { loadConfig } from '../config/load-config.ts';
import { phaseFingerprint } from './phase-fingerprint.ts';
import { sha256Of } from '../sha256-of.ts';

const [phase = ''] = process.argv.slice(2);
try {
  const config = await loadConfig({ env: process.env, flags: {} });
  const fingerprint = await phaseFingerprint(phase, config, process.env);
  process.stdout.write(`${sha256Of(JSON.stringify(fingerprint))}\n`);
} catch (error) {
  // Nx takes a failing command for just another value. A value that never comes again is never in the cache, so the phase
  // itself runs and says what is wrong.
  process.stdout.write(`${(error as Error).message} ${randomUUID()}\n`);
}
