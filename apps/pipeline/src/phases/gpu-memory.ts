import { execFile } from 'node:child_process';

const QUERY = ['--query-gpu=memory.used,memory.total', '--format=csv,noheader,nounits'];
const TIMEOUT_MS = 2_000;

/** The memory in use on the first NVIDIA GPU, as a remark; null where no driver tells it. */
export function readGpuMemory(command = 'nvidia-smi'): Promise<string | null> {
  return new Promise((resolve) => {
    execFile(command, QUERY, { timeout: TIMEOUT_MS, windowsHide: true }, (error, stdout) => {
      const [used, total] = (stdout.split('\n')[0] ?? '').split(',').map((text) => Number.parseInt(text, 10));
      const isKnown = error === null && Number.isFinite(used) && Number.isFinite(total);
      resolve(isKnown ? `GPU ${gibibytes(used)}/${gibibytes(total)} GiB` : null);
    });
  });
}

function gibibytes(mebibytes = 0): string {
  return (mebibytes / 1024).toFixed(1);
}
