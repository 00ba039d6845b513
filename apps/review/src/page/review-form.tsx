import { useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { ContradictionsAnswer, ItemAnswer, Verdict } from '../contract.ts';
import { AnalysisColumn } from './analysis-column.tsx';
import { AnswerPanel, VERDICT_KEYS, VERDICTS } from './answer-panel.tsx';
import { CELLS, dropDraft, keepDraft, loadDraft, wholeScores, withScore, type Draft } from './draft.ts';
import { HighlightContext, pointedAt } from './highlight.tsx';
import type { ItemScreenProps } from './item-screen.tsx';
import { keyOf } from './key-of.ts';
import { PlanDrawing } from './plan-drawing.tsx';
import { showEntries } from './show-entries.ts';
import { useSecondsInFront } from './use-seconds-in-front.ts';
import type { Word } from './words.ts';

type ReviewFormProps = ItemScreenProps & { readonly item: ItemAnswer };

/** Kept as a word, so that it follows the language. */
interface Status {
  readonly word: Word;
  readonly detail?: string;
  readonly isWrong: boolean;
}

/** How far an arrow scrolls the analyses, in pixels. */
const SCROLL = 120;

export function ReviewForm({ api, reviewer, place, item, isDone, say, onDone, onMove }: ReviewFormProps) {
  const [draft, setDraft] = useState<Draft>(() => loadDraft(reviewer, item));
  const [cell, setCell] = useState(0);
  const [active, setActive] = useState<readonly string[]>([]);
  const [contradictions, setContradictions] = useState<ContradictionsAnswer | null>(null);
  const [isShowing, setShowing] = useState(false);
  const [status, setStatus] = useState<Status | null>(null);
  const note = useRef<HTMLTextAreaElement>(null);
  const columns = useRef<HTMLDivElement>(null);
  const isSaving = useRef(false);
  const secondsInFront = useSecondsInFront(item);
  const point = useCallback((ids: readonly string[]) => {
    setActive((now) => (now.join() === ids.join() ? now : ids));
  }, []);
  const highlight = useMemo(() => ({ spaces: item.spaces, active, point }), [item.spaces, active, point]);

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
  const failed = (error: Error) => setStatus({ word: 'failed', detail: error.message, isWrong: true });
  const onReveal = () => {
    setShowing((now) => !now);
    if (contradictions !== null) return;
    change({ ...draft, hasSeenContradictions: true });
    api.contradictions(place).then(setContradictions, failed);
  };
  const onSave = async () => {
    const scores = wholeScores(draft.scores);
    if (draft.verdict === null || scores === null) {
      setStatus({ word: scores === null ? 'missingScores' : 'missingVerdict', isWrong: true });
      return;
    }
    if (isSaving.current) return;
    isSaving.current = true;
    setStatus({ word: 'saving', isWrong: false });
    try {
      const { verdict, note: text, hasSeenContradictions } = draft;
      await api.save(place, {
        verdict,
        scores,
        note: text,
        hasSeenContradictions,
        seconds: secondsInFront(),
        hashes: item.hashes,
      });
      dropDraft(reviewer, item);
      onDone(place);
    } catch (error) {
      failed(error as Error);
    } finally {
      isSaving.current = false;
    }
  };
  const scroll = (by: number) => {
    for (const column of columns.current?.children ?? []) column.scrollBy({ top: by });
  };

  const onNextSpace = (by: 1 | -1) => {
    const { spaces } = item;
    const now = spaces.findIndex(({ id }) => active.includes(id));
    const next = spaces.at(now === -1 && by === -1 ? -1 : (now + by) % spaces.length);
    if (next === undefined) return;
    point([next.id]);
    showEntries(next.name);
  };

  const actions: Readonly<Record<string, () => void>> = {
    Enter: () => void onSave(),
    KeyP: () => onMove(-1),
    KeyN: () => onMove(1),
    KeyM: () => note.current?.focus(),
    KeyC: onReveal,
    KeyS: () => onNextSpace(1),
    ShiftKeyS: () => onNextSpace(-1),
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

  const shown: Status = status ?? { word: isDone ? 'saved' : 'unsaved', isWrong: false };
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
        <div
          className="columns"
          ref={columns}
          onMouseOver={({ target }) => point(pointedAt(target))}
          onMouseLeave={() => point([])}
        >
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
        status={{
          text: say(shown.word) + (shown.detail === undefined ? '' : `: ${shown.detail}`),
          isWrong: shown.isWrong,
        }}
        noteRef={note}
        onCell={setCell}
        onNote={(text) => change({ ...draft, note: text })}
        onSave={() => void onSave()}
      />
    </HighlightContext>
  );
}
