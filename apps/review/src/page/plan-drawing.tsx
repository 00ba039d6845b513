import { useContext } from 'react';
import type { ItemAnswer } from '../contract.ts';
import { HighlightContext } from './highlight.tsx';
import { showEntries } from './show-entries.ts';
import type { Say } from './words.ts';

/** The drawing, cut to its plan, with the spaces, doors and windows of its graph over it. */
export function PlanDrawing({ item, say }: { readonly item: ItemAnswer; readonly say: Say }) {
  const { active, point } = useContext(HighlightContext);
  const [left, top, width, height] = item.view;
  const unit = Math.max(width, height) / 1000;
  return (
    <figure className="drawing" aria-label={say('drawing')}>
      <svg viewBox={item.view.join(' ')} role="img" aria-label={item.stem}>
        {item.drawing !== null && (
          <image
            href={item.drawing}
            x={left}
            y={top}
            width={width}
            height={height}
            preserveAspectRatio="none"
          />
        )}
        {item.openings.map(({ kind, box }, index) => (
          <rect
            key={index}
            className={kind}
            x={box[0]}
            y={box[1]}
            width={box[2]}
            height={box[3]}
            strokeWidth={3 * unit}
          />
        ))}
        {item.spaces.map(({ id, name, points, centre: [x, y] }) => (
          <g
            key={id}
            className={active.includes(id) ? 'space active' : 'space'}
            onMouseEnter={() => point([id])}
            onMouseLeave={() => point([])}
            onClick={() => showEntries(name)}
            data-space={name}
          >
            <polygon points={points} strokeWidth={2 * unit} />
            {(active.includes(id) || item.drawing === null) && (
              <text x={x} y={y} fontSize={24 * unit} strokeWidth={6 * unit}>
                {name}
              </text>
            )}
          </g>
        ))}
      </svg>
      <figcaption>
        <span className="legend space">{say('room')}</span>
        <span className="legend door">{say('door')}</span>
        <span className="legend window">{say('windowMark')}</span>
        {item.drawing === null && <span>{say('noDrawing')}</span>}
      </figcaption>
    </figure>
  );
}
