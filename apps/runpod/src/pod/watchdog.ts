import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { runSsh, shellWord } from '@arae/transfer';
import { BudgetError } from '../errors.ts';
import { podPaths, type LivePod, type Runner } from '../runner.ts';

const SCRIPT = fileURLToPath(new URL('../../pod/watchdog.py', import.meta.url));

/** Hours that the pod may still run, by time and by money. */
export function hoursLeft({ state, settings, clock }: Pick<Runner, 'state' | 'settings' | 'clock'>): number {
  const { pod, spent } = state.current;
  if (pod === null) return settings.maxHours;
  const used = (clock.now() - pod.createdMs) / 3_600_000;
  const byMoney = pod.price > 0 ? (settings.maxCost - spent) / pod.price : Infinity;
  return Math.min(settings.maxHours, byMoney) - used;
}

/** @throws BudgetError when no hour and no money is left */
export function refuseWithoutRest(runner: Pick<Runner, 'state' | 'settings' | 'clock'>): void {
  if (hoursLeft(runner) > 0) return;
  const { maxHours, maxCost } = runner.settings;
  throw new BudgetError(
    `the pod has used its ${maxHours} hours or USD ${maxCost}: arae-runpod pull and down, or allow more by --max-hours and --max-cost`,
  );
}

/**
 * Starts the watchdog on the pod, in the place of an earlier one: it stops the pod when its money or time is spent or nothing has
 * happened for too long, whatever becomes of this machine.
 *
 * @throws BudgetError when nothing is left
 */
export async function installWatchdog(runner: Runner, { id, target }: LivePod): Promise<void> {
  const { settings, apiKey, signal } = runner;
  refuseWithoutRest(runner);
  const { control, runs } = podPaths(runner);
  const place = shellWord(`${control}/watchdog.py`);
  await runSsh(target, `mkdir -p ${shellWord(control)} ${shellWord(runs)} && cat > ${place}`, {
    input: await readFile(SCRIPT),
    signal,
  });
  const idleSeconds = settings.idleMinutes * 60;
  const orders = {
    podId: id,
    baseUrl: settings.baseUrl,
    apiKey,
    // A pod on a network volume cannot be stopped, only given back; the volume stays.
    action: settings.networkVolume === undefined ? 'stop' : 'terminate',
    secondsLeft: hoursLeft(runner) * 3600,
    idleSeconds,
    checkSeconds: Math.min(30, idleSeconds / 4),
    control,
    runs,
  };
  // By standard input: neither a file of the pod nor its list of processes shows the key.
  await runSsh(target, `python3 ${place}`, { input: `${JSON.stringify(orders)}\n`, signal });
  await runner.state.update({ pod: { ...runner.state.current.pod!, isWatched: true, wasReached: true } });
}
