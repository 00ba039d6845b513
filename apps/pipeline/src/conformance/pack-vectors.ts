import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PromptPackError, SPACE_FIELDS, loadPromptPack, renderPrompt } from '@arae/floorplan';
import { sha256Of } from '../sha256-of.ts';
import { graphOf } from './graph-of.ts';

/** The files of a prompt pack with what is made of them. */
export interface PackVector {
  name: string;
  files: Record<string, string>;
  /** The pack is refused when it is loaded. */
  refused: boolean;
  hash?: string;
  /** Of the user message that the pack gives for the graph beside the vectors and no criteria. */
  user_sha256?: string;
}

const TEXTS = {
  'system.md': '가\r\n나\n',
  'user.md': '도면: {topology_json}\n\n{rag_context}{topology_json} {other}',
};
const grounded = (rest: string) => `{"name":"a","version":"1","render":{"mode":"grounded"${rest}}}`;

const DESCRIPTIONS: Record<string, string> = {
  'as it is': grounded(''),
  'an indent': grounded(',"indent":2'),
  'the most indent': grounded(',"indent":8.0'),
  'too much indent': grounded(',"indent":9'),
  'less than no indent': grounded(',"indent":-1'),
  'half a blank': grounded(',"indent":1.5'),
  'an indent as text': grounded(',"indent":"2"'),
  'an indent of null': grounded(',"indent":null'),
  'no fields': grounded(',"fields":[]'),
  'some fields': grounded(',"fields":["windows","label"]'),
  'a field twice': grounded(',"fields":["doors","doors"]'),
  'all fields': grounded(`,"fields":${JSON.stringify(SPACE_FIELDS)}`),
  'another order of keys': '{"render":{"fields":["label"],"indent":1,"mode":"grounded"},"version":"2","name":"b"}',
  'a field that is always shown': grounded(',"fields":["name"]'),
  'a field that is none': grounded(',"fields":["area"]'),
  'fields of null': grounded(',"fields":null'),
  'a further key of the rendering': grounded(',"wide":true'),
  legacy: '{"name":"a","version":"1","render":{"mode":"legacy"}}',
  'legacy with an indent': '{"name":"a","version":"1","render":{"mode":"legacy","indent":0}}',
  'another mode': '{"name":"a","version":"1","render":{"mode":"other"}}',
  'no mode': '{"name":"a","version":"1","render":{}}',
  'no rendering': '{"name":"a","version":"1"}',
  'a list as rendering': '{"name":"a","version":"1","render":[]}',
  'no name': '{"version":"1","render":{"mode":"legacy"}}',
  'an empty name': '{"name":"","version":"1","render":{"mode":"legacy"}}',
  'an empty version': '{"name":"a","version":"","render":{"mode":"legacy"}}',
  'a version that is a number': '{"name":"a","version":1,"render":{"mode":"legacy"}}',
  'odd characters in the name': '{"name":"\\ud800<😀\\u2028","version":"1","render":{"mode":"grounded"}}',
  'a further key': '{"name":"a","version":"1","render":{"mode":"legacy"},"author":"b"}',
  'other files': '{"name":"a","version":"1","system":"user.md","user":"user.md","render":{"mode":"legacy"}}',
  'a file above the folder': '{"name":"a","version":"1","system":"../system.md","render":{"mode":"legacy"}}',
  'the folder': '{"name":"a","version":"1","system":".","render":{"mode":"legacy"}}',
  'the folder above': '{"name":"a","version":"1","system":"..","render":{"mode":"legacy"}}',
  'a file with an empty name': '{"name":"a","version":"1","user":"","render":{"mode":"legacy"}}',
  'a file of null': '{"name":"a","version":"1","user":null,"render":{"mode":"legacy"}}',
  'a file with a null character': '{"name":"a","version":"1","user":"user\\u0000.md","render":{"mode":"legacy"}}',
  'a file with half a pair': '{"name":"a","version":"1","user":"\\ud800","render":{"mode":"legacy"}}',
  'a file that is not there': '{"name":"a","version":"1","user":"other.md","render":{"mode":"legacy"}}',
  'a list': '[]',
  'a text': '"a"',
  'no JSON': '{',
  'a byte order mark': `\ufeff${grounded('')}`,
}; // prettier-ignore

const FILES: Record<string, Record<string, string>> = {
  ...Object.fromEntries(
    Object.entries(DESCRIPTIONS).map(([name, text]) => [name, { 'pack.json': text, ...TEXTS }]),
  ),
  'no place for criteria': {
    'pack.json': grounded(''),
    'system.md': '',
    'user.md': '{topology_json} {rag-context}',
  },
  'no place for the graph': { 'pack.json': grounded(''), 'system.md': '', 'user.md': '{rag_context}' },
  'no system text': { 'pack.json': grounded(''), 'user.md': TEXTS['user.md'] },
  'an empty system text': { 'pack.json': grounded(''), 'system.md': '', 'user.md': TEXTS['user.md'] },
  'no description': TEXTS,
};

const GRAPH = graphOf({
  spaces: [
    { label: '거실', windows: 1, objects: ['객체_변기'] },
    { label: '<$&>', doors: 1 },
  ],
  edges: [[0, 1, 'door']],
});

/** @param scratch an empty folder that packs are written to and loaded from */
export async function packVectors(scratch: string): Promise<{ graph: string; packs: PackVector[] }> {
  const packs = await Promise.all(
    Object.entries(FILES).map(async ([name, files], index): Promise<PackVector> => {
      const folder = join(scratch, String(index));
      await mkdir(folder);
      for (const [file, text] of Object.entries(files)) await writeFile(join(folder, file), text);
      try {
        const pack = await loadPromptPack(folder);
        const { user } = renderPrompt(pack, GRAPH, { retrieved_chunks: [] });
        return { name, files, refused: false, hash: pack.hash, user_sha256: sha256Of(user) };
      } catch (error) {
        if (error instanceof PromptPackError) return { name, files, refused: true };
        throw error;
      }
    }),
  );
  return { graph: GRAPH, packs };
}
