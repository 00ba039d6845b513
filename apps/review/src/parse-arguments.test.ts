import { expect, it } from 'vitest';
import { UsageError } from './errors.ts';
import { parseArguments } from './parse-arguments.ts';

it('has defaults, and takes what is given', async () => {
  expect(await parseArguments([])).toEqual({
    data: 'training_data',
    images: null,
    teachers: null,
    items: 100,
    seed: 42,
    repeatShare: 0.1,
    port: null,
    reviewer: null,
  });
  const given = [
    '--items',
    '0',
    '--teachers',
    'a,b',
    '--reviewer',
    ' 김하나 ',
    '--port',
    '0',
    '--repeat',
    '0.5',
  ];
  expect(await parseArguments(given)).toMatchObject({
    items: null,
    teachers: ['a', 'b'],
    reviewer: '김하나',
    port: 0,
    repeatShare: 0.5,
  });
  expect(await parseArguments(['--help'])).toContain('--images');
});

it.each([
  [['--reviewer', ' '], '--reviewer'],
  [['--reviewer', 'x'.repeat(101)], '--reviewer'],
  [['--data', 'a', '--data', 'b'], '--data must be given once'],
  [['--repeat', '1.5'], '--repeat must be a number from 0 to 1'],
  [['--seed', 'x'], '--seed'],
  [['--port', '70000'], '--port'],
  [['--unknown'], 'unknown'],
])('refuses %j', async (args, message) => {
  const parsed = parseArguments(args);
  await expect(parsed).rejects.toThrow(UsageError);
  await expect(parsed).rejects.toThrow(message);
});
