import type { FloorPlanAnalysis } from '@arae/floorplan';
import type { ContradictionsAnswer, Side } from '../contract.ts';
import { placeInWords, valueInWords } from './claim-words.ts';
import type { Say } from './words.ts';

export interface ContradictionListProps {
  readonly analysis: FloorPlanAnalysis;
  readonly contradictions: ContradictionsAnswer[Side];
  readonly say: Say;
}

export function ContradictionList({ analysis, contradictions, say }: ContradictionListProps) {
  return (
    <div className="contradictions">
      <h3>
        {say('contradictions')} ({contradictions.length})
      </h3>
      {contradictions.length > 0 && (
        <ul>
          {contradictions.map(({ path, claim, fact, severity }) => (
            <li key={path}>
              <span className={severity}>{say(severity)}</span>{' '}
              <strong>{placeInWords(path, analysis, say)}</strong>
              <br />
              {say('says')}: {valueInWords(claim, say)} · {say('graph')}: {valueInWords(fact, say)}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
