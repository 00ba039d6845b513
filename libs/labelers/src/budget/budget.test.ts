import { createRandom } from '@arae/floorplan';
import { describe, expect, it } from 'vitest';
import { BudgetReachedError, createBudget } from './budget.ts';

describe('createBudget', () => {
  it('sets the worst case aside and gives back what was not spent', async () => {
    const budget = createBudget(1, 0.2);
    const reservation = await budget.reserve(0.5);
    expect(budget).toMatchObject({ spentUsd: 0.2, reservedUsd: 0.5 });
    reservation.settle(0.1);
    reservation.settle(0.1);
    expect(budget.spentUsd).toBeCloseTo(0.3);
    expect(budget.reservedUsd).toBe(0);
  });

  it('lets a request wait that requests under way could still leave the money for', async () => {
    const budget = createBudget(1, 0);
    const first = await budget.reserve(0.7);
    let isGranted = false;
    const second = budget.reserve(0.7).then((reservation) => {
      isGranted = true;
      return reservation;
    });
    await Promise.resolve();
    expect(isGranted).toBe(false);
    first.settle(0.2);
    (await second).settle(0.2);
    expect(budget.spentUsd).toBeCloseTo(0.4);
  });

  it('says what it has and what is needed when nothing can come back', async () => {
    const budget = createBudget(1, 0.9);
    const error = await budget.reserve(0.2).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(BudgetReachedError);
    expect(error).toMatchObject({ maxUsd: 1, spentUsd: 0.9, neededUsd: 0.2 });
    await expect(budget.reserve(0.1)).resolves.toMatchObject({ worstUsd: 0.1 });
  });

  it('lets go of who is stopped and serves the next', async () => {
    const budget = createBudget(1, 0);
    await budget.reserve(0.6);
    const stop = new AbortController();
    const large = budget.reserve(0.9, stop.signal);
    const small = budget.reserve(0.3);
    const reason = new Error('stopped');
    stop.abort(reason);
    await expect(large).rejects.toBe(reason);
    await expect(small).resolves.toMatchObject({ worstUsd: 0.3 });
    await expect(budget.reserve(0.1, AbortSignal.abort(reason))).rejects.toBe(reason);
  });

  it('is never passed, whatever the order of requests and answers', async () => {
    for (let seed = 1; seed <= 200; seed++) {
      const random = createRandom(seed);
      const maxUsd = random.fraction() * 3;
      const budget = createBudget(maxUsd, 0);
      await Promise.all(
        Array.from({ length: 20 }, async () => {
          for (let nth = 0; nth < 10; nth++) {
            const worst = random.fraction();
            let reservation;
            try {
              reservation = await budget.reserve(worst);
            } catch {
              return;
            }
            for (let turn = random.fraction() * 5; turn > 0; turn--) await Promise.resolve();
            reservation.settle(worst * random.fraction());
            expect(budget.spentUsd + budget.reservedUsd).toBeLessThanOrEqual(maxUsd + 1e-9);
          }
        }),
      );
    }
  });
});
