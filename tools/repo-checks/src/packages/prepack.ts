// Runs in a library's folder before `npm pack` and `npm publish`: refuses what is not built, or holds files of sources
// that are gone, then puts the package.json for users in place.
import { fileURLToPath } from 'node:url';
import { packableFiles } from './packable-files.ts';
import { packingFaults } from './packing-faults.ts';
import { listFiles } from '../list-files.ts';
import { putPublishedManifest, readManifest } from './manifest-swap.ts';

const folder = process.cwd();
const manifest = readManifest(folder);
const faults = packingFaults(manifest, packableFiles(folder, manifest), listFiles(folder, 'src'));
if (faults.length > 0) {
  const more = faults.length > 1 ? ` and ${faults.length - 1} more` : '';
  console.error(`${manifest.name}: ${faults[0]}${more}; remove ${folder}/dist and run \`npm run build\``);
  process.exit(1);
}
putPublishedManifest(folder, fileURLToPath(new URL('../../../..', import.meta.url)));
