// The entry of a thread that reads drawings, prepares them for the networks and makes graphs of what those find.
// Networks run elsewhere, so that several drawings are under way here at a time.
import { parentPort, workerData } from 'node:worker_threads';
import { loadAggregator } from '../load-aggregator.ts';
import type { NetworkName } from '../networks/network-names.ts';
import type { Tensor } from '../networks/tensor.ts';
import { CallChannel } from '../workers/call-channel.ts';
import type { ChannelPort } from '../workers/call-channel.ts';
import { createDrawingAnalysis } from './create-drawing-analysis.ts';
import type { DrawingAnalysisSettings, DrawingTask } from './create-drawing-analysis.ts';

const aggregator = loadAggregator();

const calls: CallChannel = new CallChannel(parentPort as ChannelPort, {
  analyse: async (task: DrawingTask) => {
    const run = (network: NetworkName, input: Tensor): Promise<Tensor> =>
      calls.call('run', { network, input, order: task.order }, [input.data.buffer]);
    return { value: await analysis(task, run) };
  },
  close: () => ({ value: null }),
});

const analysis = createDrawingAnalysis(workerData as DrawingAnalysisSettings, aggregator);
