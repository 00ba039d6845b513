import { useEffect, useState } from 'react';
import type { ItemAnswer } from '../contract.ts';
import type { ReviewApi } from './api.ts';

export type LoadedItem =
  | { readonly state: 'loading' }
  | { readonly state: 'there'; readonly item: ItemAnswer }
  | { readonly state: 'failed'; readonly reason: string };

/** Items that are asked for ahead. */
const AHEAD = 3;

/** The item at a place; the next ones are fetched meanwhile. */
export function useItem(api: ReviewApi, place: number, total: number): LoadedItem {
  const [loaded, setLoaded] = useState<LoadedItem & { readonly place?: number }>({ state: 'loading' });
  useEffect(() => {
    let isWanted = true;
    api.item(place).then(
      (item) => {
        if (isWanted) setLoaded({ state: 'there', item, place });
      },
      (error: Error) => {
        if (isWanted) setLoaded({ state: 'failed', reason: error.message, place });
      },
    );
    void (async () => {
      await api.item(place).catch(() => {});
      await painted();
      for (let next = place + 1; isWanted && next <= place + AHEAD && next < total; next++) {
        // A drawing that cannot be read says so when it is its turn.
        await api.prepare(next).catch(() => {});
      }
    })();
    return () => {
      isWanted = false;
    };
  }, [api, place, total]);
  if (loaded.place === place) return loaded;
  // What was fetched ahead is shown at once.
  const item = api.fetched(place);
  return item === undefined ? { state: 'loading' } : { state: 'there', item };
}

/** After the next picture on the screen: what comes ahead must not take the processor from what is shown. */
const painted = (): Promise<void> =>
  new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 50)));
