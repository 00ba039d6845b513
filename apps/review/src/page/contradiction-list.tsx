import type { ContradictionsAnswer, Side } from '../contract.ts';
import type { Say } from './words.ts';

export interface ContradictionListProps {
  readonly contradictions: ContradictionsAnswer[Side];
  readonly say: Say;
}

export function ContradictionList({ contradictions, say }: ContradictionListProps) {
  return (
    <div className="contradictions">
      <h3>
        {say('contradictions')} ({contradictions.length})
      </h3>
      {contradictions.length === 0 ? (
        <p>{say('none')}</p>
      ) : (
        <ul>
          {contradictions.map(({ path, claim, fact, severity }, index) => (
            <li key={index}>
              <span className={severity}>{say(severity)}</span> <code>{path}</code>
              <br />
              {say('says')}: {textOf(claim)} · {say('graph')}: {textOf(fact)}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

const textOf = (value: unknown): string =>
  value === null || value === undefined ? '–' : typeof value === 'string' ? value : JSON.stringify(value);
