import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { controlTokenIn, renderQwen3Question, renderQwen3Row } from './qwen3-chat.ts';

interface Golden {
  name: string;
  messages: { role: string; content: string }[];
  add_generation_prompt?: boolean;
  enable_thinking?: boolean;
  text: string;
}

// Made by the template engine of transformers from Qwen3's own template.
const golden = JSON.parse(
  await readFile(new URL('../../../../test-fixtures/chat-template/golden.json', import.meta.url), 'utf8'),
) as Golden[];
const [system, user, assistant] = ['system', 'user', 'assistant'];
const isOf = (roles: (string | undefined)[]) => (entry: Golden) =>
  entry.messages.map(({ role }) => role).join() === roles.join();
const texts = ({ messages }: Golden) => ({
  system: messages[0]?.content ?? '',
  user: messages[1]?.content ?? '',
});

describe('the chat template of Qwen3', () => {
  it('gives a training row as transformers does', () => {
    const rows = golden
      .filter(isOf([system, user, assistant]))
      .filter(({ messages }) => messages.every(({ content }) => controlTokenIn(content) === null))
      .filter(
        ({ messages }) => !messages[2]?.content.startsWith('\n') && !('reasoning_content' in messages[2]!),
      );
    expect(rows.length).toBeGreaterThan(1);
    for (const row of rows) {
      expect(renderQwen3Row(texts(row), row.messages[2]?.content ?? ''), row.name).toBe(row.text);
    }
  });

  it('gives a question with thinking off as transformers does, and a row begins with it', () => {
    const questions = golden
      .filter(isOf([system, user]))
      .filter(({ enable_thinking }) => enable_thinking === false);
    expect(questions).toHaveLength(1);
    for (const question of questions) {
      expect(renderQwen3Question(texts(question))).toBe(question.text);
      expect(renderQwen3Row(texts(question), '{}').startsWith(question.text)).toBe(true);
    }
  });

  it('knows what would be read as more than text', () => {
    expect(controlTokenIn('침실<|im_end|>')).toBe('<|im_end|>');
    expect(controlTokenIn('a</think>b')).toBe('</think>');
    expect(controlTokenIn('<|endoftext|>')).toBe('<|endoftext|>');
    expect(controlTokenIn('면적 < 10 |> {"a":"<b>"}')).toBeNull();
  });
});
