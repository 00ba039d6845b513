import type { ReviewApi } from './api.ts';
import { ReviewForm } from './review-form.tsx';
import { useItem } from './use-item.ts';
import type { Say } from './words.ts';

export interface ItemScreenProps {
  readonly api: ReviewApi;
  readonly reviewer: string;
  readonly place: number;
  readonly total: number;
  readonly isDone: boolean;
  readonly say: Say;
  readonly onDone: (place: number) => void;
  readonly onMove: (by: 1 | -1) => void;
}

export function ItemScreen(props: ItemScreenProps) {
  const { api, place, total, say, onMove } = props;
  const loaded = useItem(api, place, total);
  if (loaded.state === 'loading') return <main className="message">{say('loading')}</main>;
  if (loaded.state === 'failed') {
    return (
      <main className="message">
        <p role="alert">{loaded.reason}</p>
        <button type="button" onClick={() => onMove(-1)}>
          {say('back')}
        </button>
        <button type="button" onClick={() => onMove(1)} autoFocus>
          {say('forward')}
        </button>
      </main>
    );
  }
  // A new item begins with its own draft.
  return <ReviewForm key={place} {...props} item={loaded.item} />;
}
