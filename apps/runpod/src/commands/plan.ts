import { join } from 'node:path';
import { readTextFile } from '@arae/progress';
import { DEFAULT_GPU_CANDIDATES, RunpodError } from '@arae/runpod';
import type { Runner } from '../runner.ts';

/** USD per hour of one GPU, read on 2026-11-09: for when the catalogue cannot be asked. */
const DATED_PRICES: Readonly<Record<string, { SECURE: number; COMMUNITY: number }>> = {
  'NVIDIA A100-SXM4-80GB': { SECURE: 1.79, COMMUNITY: 1.39 },
  'NVIDIA A100 80GB PCIe': { SECURE: 1.79, COMMUNITY: 1.19 },
  'NVIDIA H100 80GB HBM3': { SECURE: 3.99, COMMUNITY: 2.69 },
};
const PRICES_DATE = '2026-11-09';

/** Estimates, not measurements: hours of a phase for one drawing, and fixed ones. Two teachers answer at the same time, five requests each. */
const HOURS_PER_ITEM = {
  '2': 0.05 / 3600,
  '3': 4 / 3600,
  '4': 0.01 / 3600,
  '5': 0.01 / 3600,
  '6': 4.5 / 3600,
};
const HOURS_FIXED = { setUp: 0.2, '2': 0.05, '6': 0.1 };
const DEFAULT_ITEMS = 2000;

export interface Placement {
  readonly name: string;
  readonly steps: readonly string[];
  readonly hours: number;
  readonly costUsd: number;
}

export interface Plan {
  readonly items: number;
  readonly gpuId: string;
  /** USD per hour. */
  readonly price: number;
  /** `catalogue`, or the date of the price that stands in for it. */
  readonly priceFrom: string;
  readonly availability: string | null;
  readonly placements: readonly Placement[];
  /** USD that the GPU costs while it waits for the teachers. */
  readonly idleDuringLabellingUsd: number;
}

/** What would run where, for how long, at what price. Nothing is rented. */
export async function makePlan(runner: Runner): Promise<Plan> {
  const { settings } = runner;
  const items = await countItems(settings.data);
  const { gpuId, price, priceFrom, availability } = await choosePrice(runner);
  const hours = (step: keyof typeof HOURS_PER_ITEM) =>
    HOURS_PER_ITEM[step] * items + (HOURS_FIXED[step as '2' | '6'] ?? 0);
  const placement = (name: string, steps: readonly (keyof typeof HOURS_PER_ITEM)[]): Placement => {
    const sum = steps.reduce((total, step) => total + hours(step), HOURS_FIXED.setUp);
    return { name, steps, hours: sum, costUsd: sum * price };
  };
  return {
    items,
    gpuId,
    price,
    priceFrom,
    availability,
    placements: [
      placement('phases 2 to 6 on the pod', ['2', '3', '4', '5', '6']),
      placement('2 and 6 on the pod, 3 to 5 here', ['2', '6']),
      placement('6 on the pod, 2 to 5 here', ['6']),
    ],
    idleDuringLabellingUsd: hours('3') * price,
  };
}

export function planLines(plan: Plan, { settings }: Pick<Runner, 'settings'>): string[] {
  const usd = (value: number) => `USD ${value.toFixed(2)}`;
  const source =
    plan.priceFrom === 'catalogue'
      ? 'from the catalogue'
      : `of ${plan.priceFrom}, the catalogue did not answer`;
  return [
    `${plan.items} drawings on one ${plan.gpuId} (${usd(plan.price)} an hour, ${source}${plan.availability === null ? '' : `; availability ${plan.availability}`})`,
    ...plan.placements.map(
      ({ name, hours, costUsd }) => `${name}: about ${hours.toFixed(1)} h, ${usd(costUsd)}`,
    ),
    `waiting for the teachers in phase 3, the GPU would cost ${usd(plan.idleDuringLabellingUsd)} for nothing`,
    `teachers' answers come on top (arae-pipeline estimate); times are estimates; volume disk about USD 0.10 per GB and month, twice that while stopped`,
    `limits: ${settings.maxHours} h (--max-hours), ${usd(settings.maxCost)} (--max-cost), ${settings.idleMinutes} min without work (--idle-minutes)`,
  ];
}

async function countItems(data: string): Promise<number> {
  try {
    const stems: unknown = JSON.parse(await readTextFile(join(data, 'sampled_images.json')));
    return Array.isArray(stems) ? stems.length : DEFAULT_ITEMS;
  } catch {
    return DEFAULT_ITEMS;
  }
}

async function choosePrice({ client, settings, signal }: Runner) {
  const candidates = settings.gpu ?? DEFAULT_GPU_CANDIDATES;
  const cloud = settings.cloud === 'SECURE' ? 'secure' : 'community';
  try {
    const types = await client.listGpuTypes(signal);
    for (const free of [true, false]) {
      for (const gpuId of candidates) {
        const type = types.find(({ id }) => id === gpuId);
        const price = type?.price?.[cloud];
        if (price == null || (free && type?.availability === 'NONE')) continue;
        return { gpuId, price, priceFrom: 'catalogue', availability: type?.availability ?? null };
      }
    }
  } catch (error) {
    // Without the catalogue a plan is still worth something; with a wrong key it is not.
    if (!(error instanceof RunpodError) || error.code === 'bad-key' || error.code === 'forbidden')
      throw error;
  }
  const gpuId = candidates.find((id) => Object.hasOwn(DATED_PRICES, id)) ?? DEFAULT_GPU_CANDIDATES[0]!;
  const price = DATED_PRICES[gpuId]![settings.cloud];
  return { gpuId, price, priceFrom: PRICES_DATE, availability: null };
}
