import { useLayoutEffect, useRef } from 'react';
import type { Say, Word } from './words.ts';

const LINES: readonly (readonly [keys: readonly string[], what: Word])[] = [
  [['1', '–', '5'], 'keyScore'],
  [['Tab', '←', '→'], 'keyMove'],
  [['A', 'B', 'E', 'X'], 'keyVerdict'],
  [['Enter'], 'keySave'],
  [['P', 'N'], 'keyBack'],
  [['M', 'Esc'], 'keyNote'],
  [['C'], 'keyFacts'],
  [['S', 'Shift+S'], 'keySpace'],
  [['↑', '↓'], 'keyScroll'],
  [['L'], 'keyLanguage'],
  [['H'], 'keyHelp'],
];

export function KeyHelp({ say, onClose }: { readonly say: Say; readonly onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    // What was in front before is in front again.
    return () => shown?.close();
  }, []);
  return (
    <dialog ref={dialog} className="help" aria-label={say('help')} onClose={onClose}>
      <h2>{say('help')}</h2>
      <dl>
        {LINES.map(([keys, what]) => (
          <div key={what}>
            <dt>{keys.map((key) => (key === '–' ? key : <kbd key={key}>{key}</kbd>))}</dt>
            <dd>{say(what)}</dd>
          </div>
        ))}
      </dl>
      <button type="button" onClick={onClose}>
        {say('close')}
      </button>
    </dialog>
  );
}
