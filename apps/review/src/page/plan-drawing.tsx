import { useContext, useMemo } from 'react';
import type { ItemAnswer } from '../contract.ts';
import { HighlightContext } from './highlight.tsx';
import type { Say } from './words.ts';

/** White around the plan, as a share of its size. */
const MARGIN = 0.06;

/** The drawing, cut to its plan, with the spaces, doors and windows of its graph over it. */
export function PlanDrawing({ item, say }: { readonly item: ItemAnswer; readonly say: Say }) {
  const { active, point } = useContext(HighlightContext);
  const view = useMemo(() => viewOf(item), [item]);
  const unit = Math.max(view.width, view.height) / 1000;
  return (
    <figure className="drawing" aria-label={say('drawing')}>
      <svg viewBox={`${view.x} ${view.y} ${view.width} ${view.height}`} role="img" aria-label={item.stem}>
        {item.drawing !== null && (
          <image
            href={item.drawing}
            x={0}
            y={0}
            width={item.width}
            height={item.height}
            preserveAspectRatio="none"
          />
        )}
        {item.openings.map(({ kind, box: [x, y, width, height] }, index) => (
          <rect
            key={index}
            className={kind}
            x={x}
            y={y}
            width={width}
            height={height}
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

/** Scrolls both analyses to what they say about a space. */
function showEntries(name: string): void {
  for (const entry of document.querySelectorAll(`.spaces li[data-space="${CSS.escape(name)}"]`)) {
    entry.scrollIntoView({ block: 'nearest' });
  }
}

function viewOf({ spaces, width, height }: ItemAnswer) {
  const corners = spaces.flatMap(({ points }) =>
    points.split(' ').map((pair) => pair.split(',').map(Number)),
  );
  if (corners.length === 0) return { x: 0, y: 0, width, height };
  const xs = corners.map(([x = 0]) => x);
  const ys = corners.map(([, y = 0]) => y);
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const margin = MARGIN * Math.max(right - left, bottom - top);
  return {
    x: left - margin,
    y: top - margin,
    width: right - left + 2 * margin,
    height: bottom - top + 2 * margin,
  };
}
