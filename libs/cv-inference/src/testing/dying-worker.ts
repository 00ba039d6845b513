// A stand-in for the drawing worker: a drawing whose name holds "kill" ends the thread, one with "hang" never answers.
import { parentPort } from 'node:worker_threads';

interface Call {
  id: number;
  value: { fileName: string; isAlone: boolean };
}

parentPort?.on('message', ({ id, value: { fileName, isAlone } }: Call) => {
  if (fileName.includes('kill') && !(fileName.includes('once') && isAlone)) process.exit(7);
  if (fileName.includes('hang')) return;
  const counts = { objects: 0, texts: 0, structures: 0, spaces: 0 };
  const reply = { kind: 'result', id, value: { text: fileName, counts } };
  setTimeout(() => parentPort?.postMessage(reply), 20);
});
