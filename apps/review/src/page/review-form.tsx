import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { ContradictionsAnswer, ItemAnswer, Verdict } from '../contract.ts';
import { AnalysisColumn } from './analysis-column.tsx';
import { AnswerPanel, VERDICT_KEYS, VERDICTS } from './answer-panel.tsx';
import { CELLS, dropDraft, keepDraft, loadDraft, wholeScores, withScore, type Draft } from './draft.ts';
import { HighlightContext } from './highlight.tsx';
import type { ItemScreenProps } from './item-screen.tsx';
import { keyOf } from './key-of.ts';
import { PlanDrawing } from './plan-drawing.tsx';
import { useSecondsInFront } from './use-seconds-in-front.ts';

type ReviewFormProps = ItemScreenProps & { readonly item: ItemAnswer };

/** How far an arrow scrolls the analyses, in pixels. */
const SCROLL = 120;

export function ReviewForm({ api, reviewer, place, item, isDone, say, onDone, onMove }: ReviewFormProps) {
  const [draft, setDraft] = useState<Draft>(() => loadDraft(reviewer, item));
  const [cell, setCell] = useState(0);
  const [active, point] = useState<readonly string[]>([]);
  const [contradictions, setContradictions] = useState<ContradictionsAnswer | null>(null);
  const [isShowing, setShowing] = useState(false);
  const [status, setStatus] = useState<{ text: string; isWrong: boolean } | null>(null);
  const note = useRef<HTMLTextAreaElement>(null);
  const columns = useRef<HTMLDivElement>(null);
  const isSaving = useRef(false);
  const secondsInFront = useSecondsInFront(item);
  const highlight = useMemo(() => ({ spaces: item.spaces, active, point }), [item.spaces, active]);

  const change = (next: Draft) => {
    setDraft(next);
    setStatus(null);
    keepDraft(reviewer, item, next);
  };
  const onScore = (index: number, points: number) => {
    const { side, criterion } = CELLS[index]!;
    change(withScore(draft, side, criterion, points));
    setCell(Math.min(index + 1, CELLS.length - 1));
  };
  const onVerdict = (verdict: Verdict) => change({ ...draft, verdict });
  const onReveal = () => {
    setShowing((now) => !now);
    if (contradictions !== null) return;
    api
      .contradictions(place)
      .then(setContradictions, (error: Error) => setStatus({ text: error.message, isWrong: true }));
  };
  const onSave = async () => {
    const scores = wholeScores(draft.scores);
    if (draft.verdict === null || scores === null) {
      setStatus({ text: say(scores === null ? 'missingScores' : 'missingVerdict'), isWrong: true });
      return;
    }
    if (isSaving.current) return;
    isSaving.current = true;
    setStatus({ text: say('saving'), isWrong: false });
    try {
      const { verdict, note: text } = draft;
      await api.save(place, { verdict, scores, note: text, seconds: secondsInFront(), hashes: item.hashes });
      dropDraft(reviewer, item);
      onDone(place);
    } catch (error) {
      setStatus({ text: `${say('failed')}: ${(error as Error).message}`, isWrong: true });
    } finally {
      isSaving.current = false;
    }
  };
  const scroll = (by: number) => {
    for (const column of columns.current?.children ?? []) column.scrollBy({ top: by });
  };

  const actions: Readonly<Record<string, () => void>> = {
    Enter: () => void onSave(),
    KeyP: () => onMove(-1),
    KeyN: () => onMove(1),
    KeyM: () => note.current?.focus(),
    KeyC: onReveal,
    Escape: () => (document.activeElement as HTMLElement | null)?.blur(),
    ArrowLeft: () => setCell((now) => Math.max(0, now - 1)),
    ArrowRight: () => setCell((now) => Math.min(CELLS.length - 1, now + 1)),
    ArrowUp: () => scroll(-SCROLL),
    ArrowDown: () => scroll(SCROLL),
    ...Object.fromEntries([1, 2, 3, 4, 5].map((points) => [`Digit${points}`, () => onScore(cell, points)])),
    ...Object.fromEntries(
      VERDICTS.map((verdict) => [`Key${VERDICT_KEYS[verdict]}`, () => onVerdict(verdict)]),
    ),
  };
  const latest = useRef(actions);
  // With the item itself, not after it: a key that is pressed at once must not be lost.
  useLayoutEffect(() => {
    latest.current = actions;
  });
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      // Keys belong to the help while it is open.
      if (document.querySelector('dialog[open]')) return;
      const action = latest.current[keyOf(event) ?? ''];
      if (action === undefined || (event.repeat && event.code === 'Enter')) return;
      event.preventDefault();
      action();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);

  return (
    <HighlightContext value={highlight}>
      <main className="item" data-place={place}>
        <div className="plan">
          <PlanDrawing item={item} say={say} />
          <p className="stem">{item.stem}</p>
          <button type="button" aria-pressed={isShowing} onClick={onReveal}>
            <kbd>C</kbd> {say(isShowing ? 'hideContradictions' : 'showContradictions')}
          </button>
        </div>
        <div className="columns" ref={columns}>
          {(['left', 'right'] as const).map((side) => (
            <AnalysisColumn
              key={side}
              side={side}
              analysis={item.analyses[side]}
              contradictions={isShowing ? (contradictions?.[side] ?? null) : null}
              say={say}
            />
          ))}
        </div>
      </main>
      <AnswerPanel
        {...{ draft, cell, say, onVerdict, onScore, onMove }}
        status={status ?? { text: say(isDone ? 'saved' : 'unsaved'), isWrong: false }}
        noteRef={note}
        onCell={setCell}
        onNote={(text) => change({ ...draft, note: text })}
        onSave={() => void onSave()}
      />
    </HighlightContext>
  );
}
