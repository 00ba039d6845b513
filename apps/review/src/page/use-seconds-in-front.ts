import { useEffect, useRef } from 'react';

/** Tells how many seconds something has been looked at; time in which the page is hidden does not count. */
export function useSecondsInFront(what: unknown): () => number {
  const counted = useRef({ seconds: 0, since: performance.now() });
  useEffect(() => {
    counted.current = { seconds: 0, since: performance.now() };
    const onChange = () => {
      const now = performance.now();
      const { seconds, since } = counted.current;
      counted.current = { seconds: document.hidden ? seconds + (now - since) / 1000 : seconds, since: now };
    };
    document.addEventListener('visibilitychange', onChange);
    return () => document.removeEventListener('visibilitychange', onChange);
  }, [what]);
  return () => {
    const { seconds, since } = counted.current;
    return Math.round(1000 * seconds + (performance.now() - since)) / 1000;
  };
}
