#!/usr/bin/env node
import { existsSync } from 'node:fs';
import module from 'node:module';
import process from 'node:process';
import { URL } from 'node:url';

const sources = new URL('../src/main.ts', import.meta.url);

if (Number.parseInt(process.versions.node, 10) < 24) {
  process.stderr.write(
    `arae-teacher-simulator: Node 24 or newer is needed, this is ${process.versions.node}\n`,
  );
  process.exitCode = 2;
} else if (existsSync(sources)) {
  // Inside the workspace the packages of the project are run from their sources, too.
  module.registerHooks({
    resolve: (specifier, context, nextResolve) =>
      nextResolve(specifier, { ...context, conditions: [...context.conditions, '@arae/source'] }),
  });
  await import(sources.href);
} else {
  await import('../dist/main.js');
}
