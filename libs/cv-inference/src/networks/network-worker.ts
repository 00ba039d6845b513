// The entry of a thread that runs networks: run() of onnxruntime blocks the thread that calls it.
import { parentPort, workerData } from 'node:worker_threads';
import { CallChannel } from '../workers/call-channel.ts';
import type { ChannelPort } from '../workers/call-channel.ts';
import { NetworkSessions } from './network-sessions.ts';
import type { NetworkSessionsOptions } from './network-sessions.ts';
import type { NetworkName } from './network-names.ts';
import type { Tensor } from './tensor.ts';

const sessions = new NetworkSessions(workerData as NetworkSessionsOptions);

new CallChannel(parentPort as ChannelPort, {
  probe: async () => ({ value: await sessions.probe() }),
  open: async () => ({ value: await sessions.open() }),
  run: async ({ network, input }: { network: NetworkName; input: Tensor }) => {
    const value = await sessions.run(network, input);
    return { value, transfer: [value.data.buffer] };
  },
  release: async () => ({ value: await sessions.release() }),
  close: async () => ({ value: await sessions.release() }),
});
