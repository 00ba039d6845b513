import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { generatedSheets } from './generated-sheets.ts';
import { readMachineTime, shareOfOthers } from './machine-time.ts';
import { STAGES, measureShare } from './measure-cv-share.ts';
import { inTemporaryFolder } from './temporary-folder.ts';

// npm run bench:cv-share -w @arae/bench -- MODELS_JSON [sheets]
const [models, sheets = '5'] = process.argv.slice(2);
if (models === undefined) {
  console.error(
    'usage: bench:cv-share -- MODELS_JSON [sheets]; python/make_arae_sized_models.py FOLDER writes the models',
  );
  process.exitCode = 2;
} else {
  // npm runs scripts in the folder of the package.
  const manifest = resolve(process.env.INIT_CWD ?? '.', models);
  const share = await inTemporaryFolder(async (folder) => {
    const generated = await generatedSheets(folder, Number(sheets));
    const before = readMachineTime();
    const usage = process.cpuUsage();
    const measured = await measureShare(manifest, generated);
    const { user, system } = process.cpuUsage(usage);
    return { ...measured, others: shareOfOthers(before, readMachineTime(), (user + system) / 1e6) };
  });
  const row = (name: string, seconds: number) =>
    console.log(`${name.padEnd(44)}${(1000 * seconds).toFixed(0).padStart(8)} ms`);
  const ratio = (name: string, value: number) =>
    console.log(`${name.padEnd(44)}${(100 * value).toFixed(1).padStart(8)} %`);

  console.log(`${sheets} sheets of 4963 × 3508, medians, ${availableParallelism()} cores`);
  const { obj, ocr, str, spa } = share.found;
  console.log(`found a sheet: ${spa} spaces, ${str} structures, ${ocr} texts, ${obj} fixtures`);
  for (const stage of STAGES) row(stage, share.stages[stage]);
  for (const [network, seconds] of Object.entries(share.networks)) row(`network ${network}`, seconds);
  row('everything but the networks', share.nonNetwork);
  row('the networks', share.network);
  ratio('everything but the networks ÷ networks', share.nonNetwork / share.network);
  ratio('the same, without text detection', share.nonNetwork / share.networkWithoutTextDetection);
  if (share.others !== null) ratio('CPU that other processes used meanwhile', share.others);
}
