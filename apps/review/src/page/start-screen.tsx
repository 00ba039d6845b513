import { useState } from 'react';
import type { Say } from './words.ts';

export function StartScreen({
  say,
  onBegin,
}: {
  readonly say: Say;
  readonly onBegin: (reviewer: string) => void;
}) {
  const [name, setName] = useState('');
  return (
    <main className="message card">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '') onBegin(name.trim().normalize('NFC'));
        }}
      >
        <div className="intro">
          <p>{say('intro')}</p>
          <p>{say('how')}</p>
          <p>{say('safe')}</p>
        </div>
        <label>
          {say('who')}
          <input autoFocus value={name} maxLength={100} onChange={(event) => setName(event.target.value)} />
        </label>
        <button type="submit" className="primary" disabled={name.trim() === ''}>
          {say('start')}
        </button>
      </form>
    </main>
  );
}
