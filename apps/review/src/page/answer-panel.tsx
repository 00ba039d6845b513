import type { Ref } from 'react';
import type { Verdict } from '../contract.ts';
import { CELLS, CRITERIA, type Draft } from './draft.ts';
import type { Say } from './words.ts';

export const VERDICTS = ['left', 'right', 'equal', 'both_bad'] as const satisfies readonly Verdict[];
export const VERDICT_KEYS = { left: 'A', right: 'B', equal: 'E', both_bad: 'X' } as const;

export interface AnswerPanelProps {
  readonly draft: Draft;
  /** Index among the cells of the one that digits fill. */
  readonly cell: number;
  /** What the reviewer is told: saved, or what is missing. */
  readonly status: { readonly text: string; readonly isWrong: boolean };
  readonly say: Say;
  readonly noteRef: Ref<HTMLTextAreaElement>;
  readonly onVerdict: (verdict: Verdict) => void;
  readonly onScore: (cell: number, points: number) => void;
  readonly onCell: (cell: number) => void;
  readonly onNote: (note: string) => void;
  readonly onSave: () => void;
  readonly onMove: (by: 1 | -1) => void;
}

export function AnswerPanel(props: AnswerPanelProps) {
  const { draft, cell, status, say, noteRef } = props;
  return (
    <footer className="answer">
      <table className="scores">
        <thead>
          <tr>
            <td />
            {CRITERIA.map((criterion) => (
              <th key={criterion} scope="col">
                {say(criterion)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {(['left', 'right'] as const).map((side) => (
            <tr key={side} className={side}>
              <th scope="row">
                <span className="badge">{side === 'left' ? 'A' : 'B'}</span>
              </th>
              {CRITERIA.map((criterion) => {
                const index = CELLS.findIndex((item) => item.side === side && item.criterion === criterion);
                const points = draft.scores[side][criterion];
                const name = `${side === 'left' ? 'A' : 'B'} ${say(criterion)}`;
                return (
                  <td key={criterion}>
                    <div
                      className={index === cell ? 'cell current' : 'cell'}
                      role="radiogroup"
                      aria-label={name}
                      tabIndex={0}
                      onFocus={() => props.onCell(index)}
                    >
                      {[1, 2, 3, 4, 5].map((value) => (
                        <button
                          key={value}
                          type="button"
                          role="radio"
                          aria-checked={points === value}
                          aria-label={`${name} ${value}`}
                          tabIndex={-1}
                          onClick={() => props.onScore(index, value)}
                        >
                          {value}
                        </button>
                      ))}
                    </div>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <div className="verdict" role="radiogroup" aria-label={say('analysis')}>
        {VERDICTS.map((verdict) => (
          <button
            key={verdict}
            type="button"
            role="radio"
            aria-checked={draft.verdict === verdict}
            onClick={() => props.onVerdict(verdict)}
          >
            <kbd>{VERDICT_KEYS[verdict]}</kbd> {say(verdict)}
          </button>
        ))}
      </div>
      <label className="note">
        <span>
          <kbd>M</kbd> {say('note')}
        </span>
        <textarea
          ref={noteRef}
          value={draft.note}
          maxLength={10_000}
          onChange={(event) => props.onNote(event.target.value)}
        />
      </label>
      <div className="moves">
        <p className={status.isWrong ? 'status wrong' : 'status'} role="status">
          {status.text}
        </p>
        <div>
          <button type="button" onClick={() => props.onMove(-1)}>
            <kbd>P</kbd> {say('back')}
          </button>
          <button type="button" onClick={() => props.onMove(1)}>
            <kbd>N</kbd> {say('forward')}
          </button>
          <button type="button" className="primary" onClick={props.onSave}>
            <kbd>Enter</kbd> {say('save')}
          </button>
        </div>
      </div>
    </footer>
  );
}
