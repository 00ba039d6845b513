import { isBuiltin } from 'node:module';

export interface ReadmeExample {
  readonly code: string;
  /** The lines that it must print, from its `// →` comments. */
  readonly expected: readonly string[];
}

/** The programs of a README: its `ts` blocks. (`js` blocks are sketches that need files of the reader's.) */
export function readmeExamples(markdown: string): ReadmeExample[] {
  return [...markdown.matchAll(/^```ts\n([\s\S]*?)^```/gm)].map(([, code = '']) => ({
    code,
    expected: [...code.matchAll(/\/\/ → ?(.*)$/gm)].map(([, line = '']) => line),
  }));
}

/** Names of the packages that a program imports, each once: `@arae/transfer` for `@arae/transfer/testing`. */
export function importedPackages(code: string): string[] {
  const specifiers = [...code.matchAll(/^(?:import|\}) [^;]*?from '([^'.][^']*)'/gms)].map(
    ([, name = '']) => name,
  );
  const names = specifiers
    .filter((name) => !isBuiltin(name))
    .map((name) => /^(?:@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? '');
  return [...new Set(names)];
}
