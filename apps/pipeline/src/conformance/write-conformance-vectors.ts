import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { writePlans } from '@arae/plan-generator';
import { writeFileAtomic } from '@arae/progress';
import { VECTOR_PLANS, conformanceVectors } from './conformance-vectors.ts';

// npm run conformance-vectors: after a change of what the model sees, which is a new version for everybody who serves it.
// With -- --out DIR --sweep N --seed S it writes others elsewhere, for a wider comparison that nobody keeps.
const { values } = parseArgs({
  options: { out: { type: 'string' }, sweep: { type: 'string' }, seed: { type: 'string' } },
});
const target =
  values.out ?? fileURLToPath(new URL('../../../../test-fixtures/conformance/', import.meta.url));
const sweep = {
  count: Number(values.sweep ?? VECTOR_PLANS.sweep.count),
  seed: Number(values.seed ?? VECTOR_PLANS.sweep.seed),
};
const folder = await mkdtemp(join(tmpdir(), 'arae-conformance-'));
try {
  const [plans, swept, scratch] = ['plans', 'sweep', 'scratch'].map((name) => join(folder, name));
  await writePlans({ ...VECTOR_PLANS.plans, outDir: plans!, drawings: false });
  await writePlans({ ...sweep, outDir: swept!, drawings: false });
  await mkdir(scratch!);
  await mkdir(target, { recursive: true });
  const folders = { plans: join(plans!, 'graphs'), sweep: join(swept!, 'graphs'), scratch: scratch! };
  for (const [name, text] of Object.entries(await conformanceVectors(folders))) {
    await writeFileAtomic(join(target, name), text);
  }
} finally {
  await rm(folder, { recursive: true });
}
