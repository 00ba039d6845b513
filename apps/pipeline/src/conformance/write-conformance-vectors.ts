import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writePlans } from '@arae/plan-generator';
import { writeFileAtomic } from '@arae/progress';
import { VECTOR_PLANS, conformanceVectors } from './conformance-vectors.ts';

// npm run conformance-vectors: after a change of what the model sees, which is a new version for everybody who serves it.
const target = fileURLToPath(new URL('../../../../test-fixtures/conformance/', import.meta.url));
const plans = await mkdtemp(join(tmpdir(), 'arae-conformance-'));
try {
  await writePlans({ ...VECTOR_PLANS, outDir: plans, drawings: false });
  for (const [name, text] of Object.entries(await conformanceVectors(join(plans, 'graphs')))) {
    await writeFileAtomic(join(target, name), text);
  }
} finally {
  await rm(plans, { recursive: true });
}
