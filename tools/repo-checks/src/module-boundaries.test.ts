import { ESLint } from 'eslint';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { projectGraph } from './project-graph.ts';
import type { ProjectGraph } from './project-graph.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** The house, said here once more so that a looser lint rule is seen: what each room may lean on. */
const MAY_USE: Record<string, readonly string[]> = {
  'type:base': [],
  'type:feature': ['type:base'],
  'type:tool': ['type:feature', 'type:base'],
  'type:bench': ['type:tool', 'type:feature', 'type:base'],
  'type:app': ['type:tool', 'type:feature', 'type:base'],
};
const ROOMS: Record<string, readonly string[]> = {
  libs: ['type:base', 'type:feature'],
  tools: ['type:tool', 'type:bench'],
  apps: ['type:app'],
};

let graph: ProjectGraph;
beforeAll(async () => {
  // The lint rule reads the graph that this leaves in the workspace's cache.
  graph = await projectGraph(root);
}, 120_000);

const kindOf = (project: string): string =>
  graph.nodes[project]?.data.tags.find((tag) => tag.startsWith('type:')) ?? 'none';

describe('the graph of the workspace', () => {
  it('has every project in a room for its kind, with the targets that pull requests are checked by', () => {
    expect(Object.keys(graph.nodes).length).toBeGreaterThan(15);
    for (const [name, { data }] of Object.entries(graph.nodes)) {
      expect(ROOMS[data.root.split('/')[0] ?? ''], name).toContain(kindOf(name));
      expect(Object.keys(data.targets), name).toEqual(
        expect.arrayContaining(['lint', 'typecheck', 'test', 'build']),
      );
    }
  });

  it('has no arrow against the one direction', () => {
    const arrows = Object.values(graph.dependencies)
      .flat()
      .filter(({ target }) => graph.nodes[target] !== undefined);
    expect(arrows.length).toBeGreaterThan(20);
    const against = arrows.filter(
      ({ source, target }) => MAY_USE[kindOf(source)]?.includes(kindOf(target)) !== true,
    );
    expect(against.map(({ source, target }) => `${source} → ${target}`)).toEqual([]);
  });
});

describe('lint', () => {
  const eslint = new ESLint({ cwd: root });
  const boundaryFaults = async (file: string, imported: string): Promise<string[]> => {
    const code = `import * as other from '${imported}';\n\nexport const names = Object.keys(other);\n`;
    const [result] = await eslint.lintText(code, { filePath: join(root, file) });
    const messages = result?.messages ?? [];
    expect(messages.filter(({ fatal }) => fatal === true)).toEqual([]);
    return messages
      .filter(({ ruleId }) => ruleId === '@nx/enforce-module-boundaries')
      .map(({ message }) => message);
  };

  it.each([
    ['a feature that uses another', 'libs/sampling/src/index.ts', '@arae/labelers'],
    ['a base that uses a feature', 'libs/progress/src/index.ts', '@arae/sampling'],
    ['a base that uses the other', 'libs/progress/src/index.ts', '@arae/floorplan'],
    ['a feature that uses a tool', 'libs/jsonl/src/index.ts', '@arae/plan-generator'],
    ['a tool that uses an app', 'tools/teacher-simulator/src/index.ts', '@arae/pipeline'],
    ['an app that uses another', 'apps/review/src/index.ts', '@arae/pipeline'],
    ['a way around the door', 'libs/sampling/src/index.ts', '../../labelers/src/index.ts'],
  ])('refuses %s', { timeout: 120_000 }, async (_, file, imported) => {
    expect(await boundaryFaults(file, imported)).toHaveLength(1);
  });

  it('lets a feature use the base', { timeout: 120_000 }, async () => {
    expect(await boundaryFaults('libs/sampling/src/index.ts', '@arae/floorplan')).toEqual([]);
  });
});
