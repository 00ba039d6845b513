import { useContext } from 'react';
import type { FloorPlanAnalysis, SpaceAnalysis } from '@arae/floorplan';
import type { ContradictionsAnswer, Side } from '../contract.ts';
import { ContradictionList } from './contradiction-list.tsx';
import { HighlightContext, isActive, TextWithSpaces } from './highlight.tsx';
import type { Say } from './words.ts';

export interface AnalysisColumnProps {
  readonly side: Side;
  readonly analysis: FloorPlanAnalysis;
  /** Null until they are asked for. */
  readonly contradictions: ContradictionsAnswer[Side] | null;
  readonly say: Say;
}

export function AnalysisColumn({ side, analysis, contradictions, say }: AnalysisColumnProps) {
  const name = side === 'left' ? 'A' : 'B';
  const { compliance, design_evaluation, recommendations } = analysis;
  const facts: readonly (readonly [string, string | number])[] = [
    [say('structure'), analysis.structure_type],
    [say('bays'), analysis.bay_count],
    [say('allSpaces'), analysis.total_spaces],
    [say('rooms'), analysis.room_count],
    [say('bathrooms'), analysis.bathroom_count],
    [say('balconyRatio'), `${analysis.balcony_ratio} %`],
    [say('windowlessRatio'), `${analysis.windowless_ratio} %`],
    [say('ventilation'), analysis.ventilation_quality],
  ];
  return (
    <section className={`analysis ${side}`} aria-label={`${say('analysis')} ${name}`} data-side={side}>
      <h2>
        <span className="badge">{name}</span>
        {compliance !== null && (
          <span className="grade">
            {say('grade')}: <strong>{compliance.overall_grade}</strong>
          </span>
        )}
      </h2>
      {contradictions !== null && <ContradictionList {...{ analysis, contradictions, say }} />}
      <dl className="facts">
        {facts.map(([term, value]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <h3>{say('summary')}</h3>
      <p>
        <TextWithSpaces text={analysis.summary} />
      </p>
      {design_evaluation !== null && (
        <>
          <h3>{say('design')}</h3>
          <dl className="prose">
            {Object.entries(design_evaluation).map(([category, text]) => (
              <div key={category}>
                <dt>{category}</dt>
                <dd>
                  <TextWithSpaces text={text} />
                </dd>
              </div>
            ))}
          </dl>
        </>
      )}
      {compliance !== null && (
        <>
          <h3>{say('compliance')}</h3>
          <p>
            <TextWithSpaces text={compliance.summary} />
          </p>
          <TextList title={say('compliant')} texts={compliance.compliant_items} />
          <TextList
            title={say('nonCompliant')}
            texts={compliance.non_compliant_items.map(
              ({ category, item, reason, recommendation }) =>
                `[${category}] ${item}: ${reason}${recommendation === '' ? '' : ` → ${recommendation}`}`,
            )}
          />
        </>
      )}
      {recommendations !== null && (
        <TextList title={say('recommendations')} texts={recommendations} isSection />
      )}
      <h3>
        {say('spaces')} ({analysis.spaces.length})
      </h3>
      <ul className="spaces">
        {analysis.spaces.map((space, index) => (
          <SpaceItem key={index} space={space} say={say} />
        ))}
      </ul>
    </section>
  );
}

function TextList(props: {
  readonly title: string;
  readonly texts: readonly string[];
  readonly isSection?: boolean;
}) {
  const { title, texts, isSection = false } = props;
  if (texts.length === 0) return null;
  return (
    <>
      {isSection ? <h3>{title}</h3> : <h4>{title}</h4>}
      <ul>
        {texts.map((text, index) => (
          <li key={index}>
            <TextWithSpaces text={text} />
          </li>
        ))}
      </ul>
    </>
  );
}

function SpaceItem({ space, say }: { readonly space: SpaceAnalysis; readonly say: Say }) {
  const highlight = useContext(HighlightContext);
  const ids = highlight.spaces.filter(({ name }) => name === space.space_name).map(({ id }) => id);
  const parts = [
    space.space_type,
    space.area_ratio === null ? '' : `${space.area_ratio} %`,
    space.has_window ? say('window') : say('noWindow'),
    ...space.features,
  ];
  return (
    <li
      className={isActive(highlight, ids) ? 'active' : undefined}
      data-space={space.space_name}
      data-points-at={JSON.stringify(ids)}
    >
      <strong>{space.space_name}</strong> <small>{parts.filter((part) => part !== '').join(' · ')}</small>
      {space.connected_spaces.length > 0 && (
        <small className="connected"> ↔ {space.connected_spaces.join(', ')}</small>
      )}
      <p>
        <TextWithSpaces text={space.evaluation_comment} />
      </p>
    </li>
  );
}
