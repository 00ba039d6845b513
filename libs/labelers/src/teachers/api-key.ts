import { TeacherUnavailableError } from '../errors/teacher-errors.ts';

/** Below this a "key" is a word such as `simulated`, which may stand in any message. */
const SHORTEST_KEY = 12;

/**
 * The key as it goes into a header.
 *
 * @throws TeacherUnavailableError for a key that no header can carry: the SDK's own error would show it.
 */
export function usableKey(teacher: string, apiKey: string): string {
  const key = apiKey.trim();
  if (!/^[\x21-\x7e]+$/.test(key)) {
    throw new TeacherUnavailableError(
      `${teacher}: the key is empty or holds a space, a line break or a letter outside ASCII: copy it again`,
    );
  }
  return key;
}

/** The text without the key, should a server or a proxy echo it. */
export function withoutKey(text: string, apiKey: string): string {
  const key = apiKey.trim();
  return key.length < SHORTEST_KEY ? text : text.replaceAll(key, '[key]');
}
