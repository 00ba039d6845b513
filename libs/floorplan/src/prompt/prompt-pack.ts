import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { jsonFaultOf } from '../json/json-fault-of.ts';
import { zodFaultOf } from '../json/zod-fault-of.ts';
import { SPACE_FIELDS } from './render-grounded-graph.ts';

const fileName = z
  .string()
  .min(1)
  .refine(
    (name) => basename(name) === name && name !== '.' && name !== '..',
    'must be a file of the pack folder',
  );

const packSchema = z.strictObject({
  name: z.string().min(1),
  version: z.string().min(1),
  /** File of the system text. */
  system: fileName.default('system.md'),
  /** File of the user template with `{topology_json}` and `{rag_context}`. */
  user: fileName.default('user.md'),
  render: z.discriminatedUnion('mode', [
    z.strictObject({
      mode: z.literal('grounded'),
      indent: z.int().min(0).max(8).default(0),
      fields: z.array(z.enum(SPACE_FIELDS)).optional(),
    }),
    z.strictObject({ mode: z.literal('legacy') }),
  ]),
});

export type GraphRendering = z.infer<typeof packSchema>['render'];

/** The texts that frame a graph in a prompt, and how the graph is rendered into them. */
export interface PromptPack {
  name: string;
  version: string;
  system: string;
  userTemplate: string;
  render: GraphRendering;
  /** SHA-256 over all of the above: equal hashes, equal prompts. */
  hash: string;
}

/** A prompt pack that cannot be used. */
export class PromptPackError extends Error {
  override readonly name = 'PromptPackError';
  readonly folder: string;

  constructor(folder: string, detail: string) {
    super(`prompt pack ${folder}: ${detail}`);
    this.folder = folder;
  }
}

/** The pack of this project: Korean, grounded, compact. */
export const DEFAULT_PROMPT_PACK = fileURLToPath(new URL('../../prompt-packs/grounded-ko', import.meta.url));

/**
 * Loads a pack from its folder. Texts are used as they are, nothing is trimmed.
 *
 * @throws PromptPackError when a file is missing, `pack.json` is wrong, or the template lacks a place for graph or context.
 */
export async function loadPromptPack(folder: string = DEFAULT_PROMPT_PACK): Promise<PromptPack> {
  const description = parseDescription(await readPackFile(folder, 'pack.json'), folder);
  const system = await readPackFile(folder, description.system);
  const userTemplate = await readPackFile(folder, description.user);
  for (const place of ['{topology_json}', '{rag_context}']) {
    if (!userTemplate.includes(place)) {
      throw new PromptPackError(folder, `${description.user} has no ${place}`);
    }
  }
  const { name, version, render } = description;
  const hash = createHash('sha256')
    .update(JSON.stringify([name, version, render, system, userTemplate]))
    .digest('hex');
  return { name, version, system, userTemplate, render, hash };
}

function parseDescription(text: string, folder: string): z.infer<typeof packSchema> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new PromptPackError(folder, `pack.json is no JSON (${jsonFaultOf(error)})`);
  }
  const parsed = packSchema.safeParse(value);
  if (!parsed.success) {
    throw new PromptPackError(folder, `pack.json: ${zodFaultOf(parsed.error)}`);
  }
  return parsed.data;
}

/** Prompts have some thousand characters; models take less than this. */
const MAX_FILE_BYTES = 1024 ** 2;

async function readPackFile(folder: string, name: string): Promise<string> {
  let bytes: Buffer;
  try {
    const file = await open(join(folder, name));
    try {
      bytes = Buffer.alloc(MAX_FILE_BYTES + 1);
      let length = 0;
      for (let read = 1; read > 0 && length < bytes.length; length += read) {
        read = (await file.read(bytes, length, bytes.length - length, null)).bytesRead;
      }
      bytes = bytes.subarray(0, length);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw new PromptPackError(folder, `${name} cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
  if (bytes.length > MAX_FILE_BYTES) {
    throw new PromptPackError(folder, `${name} has more than ${MAX_FILE_BYTES} bytes`);
  }
  return bytes.toString('utf8');
}
