import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PromptPackError, loadPromptPack } from './prompt-pack.ts';

const DESCRIPTION = { name: 'mine', version: '1', render: { mode: 'grounded' } };
const TEXTS = { 'system.md': ' 체계\n', 'user.md': '{topology_json}\n{rag_context}\n\n' };

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prompt-pack-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

/** Writes a pack and loads it. */
async function load(description: object = {}, texts: Record<string, string> = {}) {
  await writeFile(join(folder, 'pack.json'), JSON.stringify({ ...DESCRIPTION, ...description }));
  for (const [name, text] of Object.entries({ ...TEXTS, ...texts }))
    await writeFile(join(folder, name), text);
  return loadPromptPack(folder);
}

describe('loadPromptPack', () => {
  it('loads the bundled pack by default', async () => {
    const pack = await loadPromptPack();
    expect(pack).toMatchObject({ name: 'grounded-ko', render: { mode: 'grounded', indent: 0 } });
    expect(pack.system).toContain('FloorPlanAnalysis');
    expect(pack.hash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('keeps texts as they are, and fills in names and indent', async () => {
    expect(await load()).toMatchObject({
      name: 'mine',
      version: '1',
      system: ' 체계\n',
      userTemplate: '{topology_json}\n{rag_context}\n\n',
      render: { mode: 'grounded', indent: 0 },
    });
    const named = await load(
      { system: 's.txt', user: 'u.txt' },
      { 's.txt': 'S', 'u.txt': '{rag_context}{topology_json}' },
    );
    expect(named).toMatchObject({ system: 'S', userTemplate: '{rag_context}{topology_json}' });
  });

  it('gives a different hash for a change of anything that reaches the model, and the same for none', async () => {
    const hashes = [
      (await load()).hash,
      (await load({ name: 'other' })).hash,
      (await load({ version: '2' })).hash,
      (await load({ render: { mode: 'legacy' } })).hash,
      (await load({ render: { mode: 'grounded', indent: 2 } })).hash,
      (await load({ render: { mode: 'grounded', fields: ['windows'] } })).hash,
      (await load({}, { 'system.md': ' 체계' })).hash,
      (await load({}, { 'user.md': '{topology_json}\n{rag_context}\n' })).hash,
    ];
    expect(new Set(hashes).size).toBe(hashes.length);
    expect((await load()).hash).toBe(hashes[0]);
    // Where the texts lie does not matter, nor that a default is written down.
    const spelled = { system: 'a.md', render: { indent: 0, mode: 'grounded' } };
    expect((await load(spelled, { 'a.md': ' 체계\n' })).hash).toBe(hashes[0]);
  });

  it.each(['{topology_json}', '{rag_context}'])('refuses a template without %s', async (place) => {
    const template = TEXTS['user.md'].replace(place, place.slice(1));
    await expect(load({}, { 'user.md': template })).rejects.toThrow(`user.md has no ${place}`);
  });

  it.each([
    [{ system: '../system.md' }, 'system: must be a file of the pack folder'],
    [{ user: '/etc/hostname' }, 'user: must be a file of the pack folder'],
    [{ user: 'sub/user.md' }, 'user: must be a file of the pack folder'],
    [{ user: '..' }, 'user: must be a file of the pack folder'],
    [{ sytem: 'x' }, 'pack.json: Unrecognized key: "sytem"'],
    [{ name: '' }, 'pack.json: name: '],
    [{ render: { mode: 'fancy' } }, 'pack.json: render.mode: '],
    [{ render: { mode: 'grounded', fields: ['colour'] } }, 'pack.json: render.fields.0: '],
    [{ render: { mode: 'legacy', indent: 2 } }, 'pack.json: render: Unrecognized key'],
    [{ system: 'none.md' }, 'none.md cannot be read (ENOENT)'],
  ])('refuses %j', async (description, message) => {
    const error = await load(description).then(
      () => null,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(PromptPackError);
    expect((error as PromptPackError).message).toContain(message);
    expect((error as PromptPackError).message).toContain(folder);
    expect((error as PromptPackError).folder).toBe(folder);
  });

  it('reads nothing that is larger than any prompt', async () => {
    await expect(load({}, { 'system.md': 'a'.repeat(2 ** 20) })).resolves.toBeDefined();
    await expect(load({}, { 'system.md': 'a'.repeat(2 ** 20 + 1) })).rejects.toThrow(
      'system.md has more than 1048576 bytes',
    );
  });

  it('says which file is missing or broken', async () => {
    await expect(loadPromptPack(join(folder, 'none'))).rejects.toThrow('pack.json cannot be read (ENOENT)');
    await writeFile(join(folder, 'pack.json'), '{');
    await expect(loadPromptPack(folder)).rejects.toThrow('pack.json is no JSON');
  });
});
