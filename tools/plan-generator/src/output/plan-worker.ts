// The entry of a thread that writes every so many-th plan.
import { parentPort, workerData } from 'node:worker_threads';
import { loadAggregator } from '@arae/cv-inference';
import { writePlan } from './write-plan.ts';
import type { WritePlanParams } from './write-plan.ts';

export interface PlanWorkerData extends Omit<WritePlanParams, 'index'> {
  readonly first: number;
  readonly step: number;
  readonly count: number;
}

const { first, step, count, ...params } = workerData as PlanWorkerData;
let isStopped = false;
parentPort?.once('message', () => (isStopped = true));

const aggregator = await loadAggregator();
for (let index = first; index < count && !isStopped; index += step) {
  parentPort?.postMessage(await writePlan({ ...params, index }, aggregator));
}
// The port would keep the thread alive.
parentPort?.close();
