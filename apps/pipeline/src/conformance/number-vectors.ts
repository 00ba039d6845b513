import { graphOf } from './graph-of.ts';

/** Spellings of numbers in a file, as Python and others write them. */
const SPELLINGS = [
  '0', '-0', '0.0', '-0.0', '1', '1.0', '-1.50', '0.1', '0.30000000000000004', '100', '1e2', '1E+2', '1e21', '1e20', '123456789012345680000',
  '999999999999999900000', '1e-6', '1e-7', '1.5e-7', '0.000001', '0.0000001', '9007199254740991', '9007199254740992', '9007199254740993',
  '-9007199254740993', '12345678901234567890', '1e22', '1.7976931348623157e308', '5e-324', '4.9e-324', '2e-324', '1e-400', '0.1e1', '4.35',
  '1.005', '123456.789', '33.333333333333336', '1e15', '1e16', '1.2345678901234567e+19', `1${'0'.repeat(30)}`, `0.${'0'.repeat(30)}1`,
]; // prettier-ignore

/** Shares of the inside area whose per cent fall on edges of rounding. */
const SHARES = [
  '0', '-0', '0.00005', '0.000049999999999999996', '0.12345', '0.28335', '0.28334999999999999', '0.00015', '0.10005', '0.99995', '1', '1.0',
  '1e-5', '1e-9', '5e-324', '0.3333', '0.333333333', '2.5', '1e10', '1e15', '123456789.12345', '1e300', '1.7e308', '90071992547409.93',
]; // prettier-ignore

/** A number as a file spells it, and as `JSON.stringify` writes it. */
export interface NumberVector {
  spelled: string;
  written: string;
}

export const numberVectors = (): NumberVector[] =>
  SPELLINGS.map((spelled) => ({ spelled, written: JSON.stringify(JSON.parse(spelled)) }));

/** Graphs whose numbers are spelled in all ways. */
export function numberGraphs(): { name: string; text: string }[] {
  const spaces = SHARES.map((_, index) => ({
    label: `방${index}`,
    category: ['공간_거실', '공간_침실', '공간_드레스룸'][index % 3]!,
  }));
  let at = 0;
  const shares = graphOf({ spaces }).replaceAll('"area_ratio":0.1', () => `"area_ratio":${SHARES[at++]!}`);
  const counts = graphOf({ spaces: [{ label: '거실' }] })
    .replace('"bay_count":2', '"bay_count":3.0')
    .replace('"room_count":2', '"room_count":1e1')
    .replace('"bathroom_count":1', '"bathroom_count":-0')
    .replace('"space_count":1', '"space_count":1.0')
    .replace('"balcony_ratio":0', '"balcony_ratio":1.5e-7')
    .replace('"windowless_ratio":50', '"windowless_ratio":99.99999999999999')
    .replace('"width":4960', '"width":4960.0')
    .replace('"total_image_area":17300480', '"total_image_area":1e21')
    .replace('"total_space_area":1000', '"total_space_area":12345678901234567890');
  // Keys that are whole numbers come first in JavaScript, in their order.
  const keys = counts.replace(
    '"space_type_count":{"미분류":1}',
    '"space_type_count":{"나":1,"10":2,"9":3,"01":4,"-1":5,"4294967294":6,"4294967295":7,"1.5":8,"__proto__":9,"0":10}',
  );
  return [
    { name: 'numbers: shares', text: shares },
    { name: 'numbers: counts', text: counts },
    { name: 'numbers: keys of statistics', text: keys },
  ];
}
