import { runSsh, shellWord } from '@arae/transfer';
import { podPaths, type LivePod, type Runner } from '../runner.ts';

/** Time for the packages of the training, several GB, in seconds. */
const LIMIT_SECONDS = 3600;

/**
 * Makes the Python environment of the training on the pod's volume, from the locked requirements of the bundle; nothing where it is
 * there already.
 *
 * @returns its interpreter
 */
export async function preparePython(runner: Runner, { target }: LivePod): Promise<string> {
  const { root, bundle, control } = podPaths(runner);
  const place = `${root}/python`;
  const requirements = shellWord(`${bundle}/python/arae_finetune/pod-requirements.txt`);
  const made = shellWord(`${place}/.made-from`);
  const sign = shellWord(`${control}/signs/python`);
  const script = `
set -e
want=$(sha256sum < ${requirements})
[ "$(cat ${made} 2>/dev/null)" = "$want" ] && exit 0
echo making
mkdir -p ${shellWord(`${control}/signs`)}
( while touch ${sign} && sleep 30; do :; done ) >/dev/null 2>&1 &
signs=$!
trap 'kill $signs' EXIT
timeout ${LIMIT_SECONDS} python3 -m venv ${shellWord(place)}
timeout ${LIMIT_SECONDS} ${shellWord(`${place}/bin/python`)} -m pip install --quiet --disable-pip-version-check -r ${requirements}
echo "$want" > ${made}
`;
  let said = false;
  await runSsh(target, `bash -c ${shellWord(script)}`, {
    onOutput: () => {
      if (!said)
        runner.say('the Python packages of the training are installed on the pod; this takes some minutes');
      said = true;
    },
    signal: runner.signal,
  });
  return `${place}/bin/python`;
}
