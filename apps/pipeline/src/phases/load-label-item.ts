import { jsonFaultOf, parseTopologyGraph, ragContextSchema, renderPrompt, zodFaultOf } from '@arae/floorplan';
import type { PromptPack, RagContext } from '@arae/floorplan';
import type { LabelItem } from '@arae/labelers';
import { readTextFile } from '@arae/progress';
import type { DataFolder } from '../data-folder.ts';
import { UsageError } from '../errors.ts';

/** Reads graph and context of a drawing and renders its prompt. */
export async function loadLabelItem(stem: string, folder: DataFolder, pack: PromptPack): Promise<LabelItem> {
  const graphText = await readTextFile(folder.graph(stem));
  const contextText = await readTextFile(folder.context(stem));
  return makeLabelItem(stem, { graphText, contextText }, folder, pack);
}

/** The prompt of a drawing from the texts of its files: the same for labelling and for training rows. */
export function makeLabelItem(
  stem: string,
  { graphText, contextText }: { graphText: string; contextText: string },
  folder: DataFolder,
  pack: PromptPack,
): LabelItem {
  const context = parseRagContext(contextText, folder.context(stem));
  const graph = parseTopologyGraph(graphText);
  return { id: stem, prompt: renderPrompt(pack, graphText, context, graph), graph };
}

/** @throws UsageError when the text is no context. */
export function parseRagContext(text: string, path: string): RagContext {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${path} is no JSON (${jsonFaultOf(error)}): run phase2 again`);
  }
  const parsed = ragContextSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new UsageError(`${path}: ${zodFaultOf(parsed.error)}: run phase2 again`);
}
