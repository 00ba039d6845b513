#!/usr/bin/env node
// Runs the sources inside the workspace and the build elsewhere.
import { existsSync } from 'node:fs';
import process from 'node:process';
import { URL } from 'node:url';

const NEEDED_NODE = 24;

if (Number(process.versions.node.split('.')[0]) < NEEDED_NODE) {
  process.stderr.write(
    `arae-plan-generator: needs Node ${NEEDED_NODE} or newer, this is ${process.versions.node}\n`,
  );
  process.exit(2);
}

const sources = new URL('../src/main.ts', import.meta.url);
if (existsSync(sources)) {
  const { registerHooks } = await import('node:module');
  registerHooks({
    resolve: (specifier, context, nextResolve) =>
      nextResolve(specifier, { ...context, conditions: [...context.conditions, '@arae/source'] }),
  });
  await import(sources.href);
} else {
  await import(new URL('../dist/main.js', import.meta.url).href);
}
