import { boundsOf, rect, shrunk, type Rect } from '../geometry.ts';
import type { Fixture } from '../plan-types.ts';
import type { Pen } from './pen.ts';

const INK = 90;

export function drawFixture(pen: Pen, fixture: Fixture): void {
  const { box, category } = fixture;
  switch (category) {
    case '객체_변기': {
      pen.outline(part(fixture, 0, 0.25), INK, 2);
      pen.ellipse(shrunk(part(fixture, 0.25, 1), 2), INK, 2);
      return;
    }
    case '객체_세면대':
      pen.outline(box, INK, 2);
      pen.ellipse(shrunk(box, 9), INK, 2);
      return;
    case '객체_욕조':
      pen.outline(box, INK, 2);
      pen.outline(shrunk(box, 10), INK, 2);
      return;
    case '객체_싱크대': {
      pen.outline(box, INK, 2);
      pen.outline(shrunk(box, 7), INK, 2);
      pen.ellipse(centredSquare(box, 12), INK, 2);
      return;
    }
    case '객체_가스레인지':
      pen.outline(box, INK, 2);
      for (const burner of quarters(box)) pen.ellipse(shrunk(burner, 5), INK, 2);
  }
}

/** The slice between two shares of the way from the wall into the room. */
function part({ box, back }: Fixture, from: number, to: number): Rect {
  const { x0, y0, x1, y1 } = box;
  const width = x1 - x0;
  const height = y1 - y0;
  switch (back) {
    case 'north':
      return rect(x0, y0 + height * from, x1, y0 + height * to);
    case 'south':
      return rect(x0, y1 - height * to, x1, y1 - height * from);
    case 'west':
      return rect(x0 + width * from, y0, x0 + width * to, y1);
    case 'east':
      return rect(x1 - width * to, y0, x1 - width * from, y1);
  }
}

function centredSquare({ x0, y0, x1, y1 }: Rect, half: number): Rect {
  const x = (x0 + x1) / 2;
  const y = (y0 + y1) / 2;
  return rect(x - half, y - half, x + half, y + half);
}

function quarters({ x0, y0, x1, y1 }: Rect): Rect[] {
  const middle = { x: (x0 + x1) / 2, y: (y0 + y1) / 2 };
  const corners = [{ x: x0, y: y0 }, { x: x1, y: y0 }, { x: x0, y: y1 }, { x: x1, y: y1 }]; // prettier-ignore
  return corners.map((corner) => boundsOf([corner, middle]));
}
