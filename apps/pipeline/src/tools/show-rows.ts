import { createRandom } from '@arae/floorplan';
import { checkChatRow, readJsonLines } from '@arae/jsonl';
import type { ChatRow } from '@arae/jsonl';

const SEED = 42;

/**
 * Random rows of a data set as texts for a person, in the order of the file: the question as it stands, the answer laid out. The same
 * file gives the same rows. Holds that many rows in memory, not the file (reservoir sampling).
 */
export async function* showRows(path: string, count: number): AsyncGenerator<string> {
  const random = createRandom(SEED);
  const chosen: { lineNumber: number; row: ChatRow }[] = [];
  let seen = 0;
  for await (const line of readJsonLines(path)) {
    if (line.error !== undefined || checkChatRow(line.value) !== true) continue;
    seen++;
    const entry = { lineNumber: line.lineNumber, row: line.value as ChatRow };
    if (chosen.length < count) chosen.push(entry);
    else {
      const place = random.integer(seen);
      if (place < count) chosen[place] = entry;
    }
  }
  let lastSystem: string | null = null;
  for (const { lineNumber, row } of chosen.sort((a, b) => a.lineNumber - b.lineNumber)) {
    const [system, user, assistant] = row.messages;
    const isSame = system.content === lastSystem;
    lastSystem = system.content;
    yield [
      `──── line ${lineNumber} ────`,
      '[system]',
      isSame ? '(as in the row before)' : system.content,
      '[user]',
      user.content,
      '[assistant]',
      laidOut(assistant.content),
      '',
    ].join('\n');
  }
}

function laidOut(answer: string): string {
  try {
    return JSON.stringify(JSON.parse(answer), null, 2);
  } catch {
    return answer;
  }
}
