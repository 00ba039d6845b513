import { findJsonObject } from './find-json-object.ts';

/**
 * True when the text opens a JSON object that it never closes: an answer that broke off. Such a text must not be repaired,
 * since closing its brackets would pass half an answer off as a whole one. Behind a closed object there may be anything, for
 * instance the end of a code block.
 */
export function isCutJson(text: string): boolean {
  return findJsonObject(text)?.end === null;
}
