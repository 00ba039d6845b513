#!/usr/bin/env node
// Starts the command line from its sources inside the workspace, from dist elsewhere. Written for any Node, so that an old one
// gets a clear line instead of a syntax error.
import { existsSync } from 'node:fs';

const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  console.error(
    `arae-runpod needs Node 24 or newer, this is ${process.versions.node}: start it with npx from the workspace, which brings its own`,
  );
  process.exit(2);
}
await import(existsSync(new URL('../src/main.ts', import.meta.url)) ? './from-source.js' : '../dist/main.js');
