import { runSsh, shellWord } from '@arae/transfer';
import { podPaths, type LivePod, type Runner } from '../runner.ts';
import { INPUTS_FOLDER } from '../commands/transfer-data.ts';
import { CONFIG_NAME } from './stage-inputs.ts';

export interface RunRequest {
  readonly id: string;
  /** Of arae-pipeline. */
  readonly args: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
}

/**
 * Starts arae-pipeline on the pod, cut loose from the connection; when it was started before, nothing happens. The variables go
 * through the connection into the environment of that process alone.
 */
export async function startRun(
  runner: Runner,
  { target }: LivePod,
  { id, args, variables }: RunRequest,
): Promise<void> {
  const paths = podPaths(runner);
  const folder = `${paths.runs}/${id}`;
  const pipeline =
    runner.settings.pipeline ??
    `${shellWord(`${paths.bundle}/node`)} ${shellWord(`${paths.bundle}/apps/pipeline/bin/arae-pipeline.js`)}`;
  const inputs = `${paths.data}/${INPUTS_FOLDER}`;
  const command = `${pipeline} ${args.map(shellWord).join(' ')} --data ${shellWord(paths.data)} --config ${shellWord(`${inputs}/${CONFIG_NAME}`)}`;
  // `mkdir` succeeds once: it decides who starts. The outer shells fork without a new program, so that they hold no variable.
  const script = `
set -m
mkdir -p ${shellWord(paths.runs)} || exit 1
mkdir ${shellWord(folder)} 2>/dev/null || exit 0
handed=()
while IFS= read -r -d '' pair; do handed+=("$pair"); done
cd ${shellWord(inputs)} || exit 1
(
  trap '' HUP
  echo "$BASHPID" > ${shellWord(`${folder}/pid`)}
  (
    export ARAE_RUN=${shellWord(id)}
    for pair in "\${handed[@]}"; do export "$pair"; done
    exec ${command}
  )
  code=$?
  echo "$code" > ${shellWord(`${folder}/exit.new`)}
  mv ${shellWord(`${folder}/exit.new`)} ${shellWord(`${folder}/exit`)}
) </dev/null >${shellWord(`${folder}/log`)} 2>&1 &
`;
  await runSsh(target, `bash -c ${shellWord(script)}`, {
    input: Object.entries(variables)
      .map(([name, value]) => `${name}=${value}\0`)
      .join(''),
    signal: runner.signal,
  });
}

export type RunStatus =
  { readonly is: 'running' | 'lost' | 'none' } | { readonly is: 'ended'; readonly exitCode: number };

/** What has become of a run; `lost` when it vanished without an exit code, with the pod's restart for instance. */
export async function statusOfRun(runner: Runner, { target }: LivePod, id: string): Promise<RunStatus> {
  const ask = [
    `cd ${shellWord(`${podPaths(runner).runs}/${id}`)} 2>/dev/null || { echo none; exit 0; }`,
    // Between its folder and its number lies a moment.
    'for i in 1 2 3 4 5; do [ -f pid ] && break; sleep 0.2; done',
    'if [ -f exit ]; then cat exit; elif kill -0 "$(cat pid)" 2>/dev/null; then echo running; elif [ -f exit ]; then cat exit; else echo lost; fi',
  ].join('; ');
  const said = (await runSsh(target, ask, { signal: runner.signal })).output.toString().trim();
  if (/^\d+$/.test(said)) return { is: 'ended', exitCode: Number(said) };
  return { is: said === 'running' || said === 'none' ? said : 'lost' };
}
