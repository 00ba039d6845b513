import type { Runner } from '../runner.ts';

/** A pod that is no longer there leaves its bill; a run on it that was not fetched is lost and begins anew. */
export async function forgetLostPod({ state, clock }: Runner): Promise<void> {
  const { pod, run, spent } = state.current;
  if (pod === null) return;
  await state.update({
    pod: null,
    run: run?.isPulled === true ? run : null,
    spent: spent + ((clock.now() - pod.createdMs) / 3_600_000) * pod.price,
  });
}
