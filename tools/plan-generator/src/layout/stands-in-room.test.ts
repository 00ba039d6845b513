import { expect, it } from 'vitest';
import { rect, rectPoints } from '../geometry.ts';
import { standsInRoom } from './stands-in-room.ts';

const room = { outline: rectPoints(rect(100, 100, 300, 300)) };

it.each([
  ['a corner that reaches in', rect(80, 80, 110, 110), true],
  ['a wall within', rect(180, 180, 200, 200), true],
  ['a wall right through', rect(0, 190, 500, 210), true],
  ['a wall along the face', rect(80, 80, 100, 320), false],
  ['a wall elsewhere', rect(400, 100, 420, 300), false],
])('sees %s', (_, wall, stands) => {
  expect(standsInRoom([wall], [room])).toBe(stands);
});
