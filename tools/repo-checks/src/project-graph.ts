import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from './packages/run-program.ts';

export interface ProjectGraph {
  nodes: Record<string, { data: { root: string; tags: string[]; targets: Record<string, unknown> } }>;
  dependencies: Record<string, { source: string; target: string; type: string }[]>;
}

/** The graph of the workspace as `nx graph` shows it. */
export async function projectGraph(workspace: string): Promise<ProjectGraph> {
  mkdirSync(join(workspace, '.tmp'), { recursive: true });
  const place = mkdtempSync(join(workspace, '.tmp', 'graph-'));
  const file = join(place, 'graph.json');
  try {
    const nx = join(workspace, 'node_modules', 'nx', 'dist', 'bin', 'nx.js');
    const env = { ...process.env, NX_DAEMON: 'false', CI: 'true' };
    const { code, output } = await runProgram(process.execPath, [nx, 'graph', `--file=${file}`], {
      cwd: workspace,
      env,
    });
    if (code !== 0) throw new Error(`nx graph: ${output.trim()}`);
    return (JSON.parse(readFileSync(file, 'utf8')) as { graph: ProjectGraph }).graph;
  } finally {
    rmSync(place, { recursive: true });
  }
}
