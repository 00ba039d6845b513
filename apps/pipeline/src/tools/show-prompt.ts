import { loadPromptPack, renderPrompt } from '@arae/floorplan';
import { parseRagContext } from '../phases/load-label-item.ts';
import { inFile, readInput } from './read-input.ts';

export interface ShowPromptOptions {
  topology: string;
  rag: string;
  render: 'legacy' | 'grounded' | undefined;
  packDir: string | null;
}

/** The messages that a model is asked with about one plan, as the service sends them. */
export async function showPrompt(options: ShowPromptOptions): Promise<{ role: string; content: string }[]> {
  const pack = await loadPromptPack(options.packDir ?? undefined);
  const graphText = await readInput(options.topology, '--topology');
  const context = parseRagContext(await readInput(options.rag, '--rag'), options.rag);
  const render =
    options.render === undefined || options.render === pack.render.mode
      ? pack.render
      : options.render === 'legacy'
        ? { mode: 'legacy' as const }
        : { mode: 'grounded' as const, indent: 0 };
  const { system, user } = inFile(options.topology, () =>
    renderPrompt({ ...pack, render }, graphText, context),
  );
  return [
    { role: 'system', content: system },
    { role: 'user', content: user },
  ];
}
