import { createHash, randomUUID } from 'node:crypto';
import { loadConfig } from '../config/load-config.ts';
import { phaseFingerprint } from './phase-fingerprint.ts';

const [phase = ''] = process.argv.slice(2);
try {
  const config = await loadConfig({ env: process.env, flags: {} });
  const fingerprint = await phaseFingerprint(phase, config, process.env);
  process.stdout.write(`${createHash('sha256').update(JSON.stringify(fingerprint)).digest('hex')}\n`);
} catch (error) {
  // Nx takes a failing command for just another value. A value that never comes again is never in the cache, so the phase
  // itself runs and says what is wrong.
  process.stdout.write(`${(error as Error).message} ${randomUUID()}\n`);
}
