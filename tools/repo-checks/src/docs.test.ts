import { execFile } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));

function filesBelow(folder: string, ending: RegExp): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (['node_modules', 'dist', 'out-tsc'].includes(entry.name) || entry.name.startsWith('.')) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesBelow(path, ending);
    return ending.test(entry.name) ? [path] : [];
  });
}

const documents = [
  'README.md',
  'README.ko.md',
  ...['docs', 'apps', 'libs', 'tools', 'python'].flatMap((room) => filesBelow(room, /\.md$/)),
];
const textOf = (path: string) => readFileSync(join(root, path), 'utf8');
/** Without code, in which brackets mean something else. */
const prose = (text: string) =>
  text.replaceAll(/^```[\s\S]*?^```/gm, '').replaceAll(/`[^`\n]*`/g, (code) => code.replaceAll(/[[\]]/g, ''));

/** As GitHub makes them of headings. */
function anchorsOf(text: string): Set<string> {
  return new Set(
    [...text.replaceAll(/^```[\s\S]*?^```/gm, '').matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
        .trim()
        .replaceAll(/\s/g, '-'),
    ),
  );
}

describe('links in the documents', () => {
  it.each(documents)('%s', (path) => {
    const broken = [...prose(textOf(path)).matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, target = '']) => target)
      .filter((target) => !/^[a-z]+:/.test(target))
      .filter((target) => {
        const [file = '', anchor] = target.split('#');
        const to = file === '' ? path : relative(root, join(root, dirname(path), file));
        if (!existsSync(join(root, to))) return true;
        return anchor !== undefined && !anchorsOf(textOf(to)).has(anchor);
      });
    expect(broken).toEqual([]);
  });
});

interface Command {
  path: string;
  line: string;
  program: string;
  words: string[];
}

/** What the shell blocks of the documents call of ours. */
const commands: Command[] = documents.flatMap((path) =>
  [...textOf(path).matchAll(/^```(?:sh|bash)\n([\s\S]*?)^```/gm)]
    .flatMap(([, block = '']) => block.replaceAll('\\\n', ' ').split('\n'))
    .flatMap((line) => {
      const call = /\b(?:npx )(arae-[a-z-]+)(.*)$/.exec(line.replace(/\s#.*$/, ''));
      if (call === null) return [];
      const [, program = '', rest = ''] = call;
      return [
        {
          path,
          line,
          program,
          words: rest
            .replace(/[>|&].*$/, '')
            .trim()
            .split(/\s+/),
        },
      ];
    }),
);

describe('commands in the documents', () => {
  const binOf = (program: string) => {
    const bin = join(root, 'node_modules/.bin', program);
    return existsSync(bin) ? bin : null;
  };
  const helps = new Map<string, Promise<string>>();
  const helpOf = (program: string, words: readonly string[]): Promise<string> => {
    const key = [program, ...words].join(' ');
    const known = helps.get(key);
    if (known !== undefined) return known;
    const help = promisify(execFile)(process.execPath, [binOf(program)!, ...words, '--help']).then(
      ({ stdout }) => stdout,
    );
    helps.set(key, help);
    return help;
  };

  it('are some', () => expect(commands.length).toBeGreaterThan(60));

  it.each([...new Set(commands.map(({ program }) => program))])(
    '%s knows its flags',
    { timeout: 180_000 },
    async (program) => {
      expect(binOf(program)).not.toBeNull();
      for (const { path, line, words } of commands.filter((command) => command.program === program)) {
        const hasCommands = /^Commands:/m.test(await helpOf(program, []));
        const command = hasCommands && words[0] !== undefined && !words[0].startsWith('-') ? [words[0]] : [];
        const help = await helpOf(program, command);
        const flags = words
          .filter((word) => word.startsWith('--') && word !== '--')
          .map((word) => word.split('=')[0]!);
        for (const flag of flags) {
          expect(help, `${path}: ${line}`).toMatch(new RegExp(`(?:^|[\\s[])${flag}(?:[\\s\\]]|$)`, 'm'));
        }
      }
    },
  );
});

describe('the lines of docs/troubleshooting.md', () => {
  const sources = ['apps', 'libs', 'python']
    .flatMap((room) => filesBelow(room, /(?<!\.test)\.(?:ts|js|py)$/))
    .map(textOf)
    .join('\n');
  const lines = [...textOf('docs/troubleshooting.md').matchAll(/^\| `([^`]+)`/gm)].map(
    ([, line = '']) => line,
  );

  it.each(lines)('"%s" is said by the code', (line) => {
    for (const part of line
      .split('…')
      .map((piece) => piece.trim())
      .filter((piece) => piece.length > 3)) {
      expect(sources).toContain(part);
    }
  });
});
