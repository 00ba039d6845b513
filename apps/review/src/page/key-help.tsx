import { useLayoutEffect, useRef } from 'react';
import type { Say, Word } from './words.ts';

const LINES: readonly Word[] = [
  'keyScore',
  'keyMove',
  'keyVerdict',
  'keySave',
  'keyBack',
  'keyNote',
  'keyFacts',
  'keyScroll',
  'keyLanguage',
  'keyHelp',
];

export function KeyHelp({ say, onClose }: { readonly say: Say; readonly onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} className="help" aria-label={say('help')} onClose={onClose}>
      <h2>{say('help')}</h2>
      <ul>
        {LINES.map((line) => (
          <li key={line}>{say(line)}</li>
        ))}
      </ul>
      <button type="button" onClick={onClose}>
        {say('close')}
      </button>
    </dialog>
  );
}
