import { useCallback, useEffect, useLayoutEffect, useMemo, useState } from 'react';
import type { SessionAnswer } from '../contract.ts';
import { ReviewApi } from './api.ts';
import { ItemScreen } from './item-screen.tsx';
import { KeyHelp } from './key-help.tsx';
import { keyOf } from './key-of.ts';
import { StartScreen } from './start-screen.tsx';
import { wordsOf, type Language } from './words.ts';

const stored = (name: string): string => localStorage.getItem(name) ?? '';

export function App() {
  const [language, setLanguage] = useState<Language>(stored('language') === 'en' ? 'en' : 'ko');
  const [reviewer, setReviewer] = useState(stored('reviewer'));
  const [session, setSession] = useState<SessionAnswer | null>(null);
  const [place, setPlace] = useState(0);
  const [isHelping, setHelping] = useState(false);
  const [fault, setFault] = useState('');
  const say = useMemo(() => wordsOf(language), [language]);
  const api = useMemo(() => new ReviewApi(reviewer), [reviewer]);

  useEffect(() => {
    document.documentElement.lang = language;
    document.title = `ARAE ${say('title')}`;
    localStorage.setItem('language', language);
  }, [language, say]);

  const load = useCallback(() => {
    if (reviewer === '') return;
    setFault('');
    api.session().then(
      (answer) => {
        const next = answer.done.indexOf(false);
        setSession(answer);
        setPlace(next === -1 ? answer.done.length : next);
      },
      (error: Error) => setFault(error.message),
    );
  }, [api, reviewer]);
  useEffect(load, [load]);

  const switchLanguage = useCallback(() => setLanguage((now) => (now === 'ko' ? 'en' : 'ko')), []);
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const key = keyOf(event);
      if (key === 'KeyL') switchLanguage();
      else if (key === 'KeyH') setHelping((now) => !now);
      // The dialog tells of its end later than the next key may come.
      else if (key === 'Escape' && isHelping) setHelping(false);
      else return;
      event.preventDefault();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [switchLanguage, isHelping]);

  const begin = (name: string) => {
    localStorage.setItem('reviewer', name);
    setSession(null);
    setReviewer(name);
  };
  const total = session?.done.length ?? 0;
  const done = session?.done.filter(Boolean).length ?? 0;
  const onDone = (answered: number) => {
    if (session === null) return;
    const now = session.done.map((was, index) => was || index === answered);
    setSession({ ...session, done: now });
    const following = now.findIndex((is, index) => !is && index > answered);
    const next = following === -1 ? now.indexOf(false) : following;
    setPlace(next === -1 ? total : next);
  };

  return (
    <div className="app">
      <header>
        <h1>{say('title')}</h1>
        {session !== null && (
          <>
            <progress max={total} value={done} aria-label={say('done')} />
            <span className="count">
              {place < total ? `${place + 1} / ${total}` : `${total} / ${total}`} · {done} {say('done')}
            </span>
            <button type="button" onClick={() => begin('')}>
              {reviewer} · {say('change')}
            </button>
          </>
        )}
        <button type="button" onClick={() => setHelping(true)}>
          <kbd>H</kbd> {say('help')}
        </button>
        <button type="button" onClick={switchLanguage} lang={language === 'ko' ? 'en' : 'ko'}>
          <kbd>L</kbd> {language === 'ko' ? 'English' : '한국어'}
        </button>
      </header>
      {fault !== '' ? (
        <main className="message">
          <p role="alert">
            {say('failed')}: {fault}
          </p>
          <button type="button" onClick={load}>
            {say('retry')}
          </button>
        </main>
      ) : reviewer === '' ? (
        <StartScreen say={say} onBegin={begin} />
      ) : session === null ? (
        <main className="message">{say('loading')}</main>
      ) : place >= total ? (
        <main className="message card finished">
          <h2>{say('finished')}</h2>
          <p>{say('finishedMore')}</p>
          <button type="button" onClick={() => setPlace(0)}>
            {say('again')}
          </button>
        </main>
      ) : (
        <ItemScreen
          key={reviewer}
          {...{ api, reviewer, place, say }}
          isDone={session.done[place] ?? false}
          onDone={onDone}
          onMove={(by) => setPlace((now) => Math.max(0, Math.min(total - 1, now + by)))}
          total={total}
        />
      )}
      {isHelping && <KeyHelp say={say} onClose={() => setHelping(false)} />}
    </div>
  );
}
