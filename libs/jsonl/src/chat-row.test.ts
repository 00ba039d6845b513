import { describe, expect, it } from 'vitest';
import { chatRow } from './chat-row.ts';
import { checkChatRow } from './check-chat-row.ts';

describe('chatRow', () => {
  it('is a valid row with the texts as they are', () => {
    const row = chatRow(' 시스템\n', '질문', '{"a":1}');
    expect(checkChatRow(row)).toBe(true);
    expect(row.messages.map(({ role, content }) => [role, content])).toEqual([
      ['system', ' 시스템\n'],
      ['user', '질문'],
      ['assistant', '{"a":1}'],
    ]);
  });
});

describe('checkChatRow', () => {
  const [system, user, assistant] = chatRow('s', 'u', 'a').messages;

  it.each([
    ['no object', 'text'],
    ['no messages', {}],
    ['a message missing', { messages: [system, user] }],
    ['a message too many', { messages: [system, user, assistant, user] }],
    ['another order', { messages: [user, system, assistant] }],
    ['an empty answer', { messages: [system, user, { role: 'assistant', content: '' }] }],
    ['content that is no text', { messages: [system, user, { role: 'assistant', content: { a: 1 } }] }],
    ['an unknown key', { messages: [system, user, assistant], id: 'x' }],
  ])('refuses %s in one line', (_, value) => {
    const verdict = checkChatRow(value);
    expect(verdict).toEqual(expect.any(String));
    expect(verdict).not.toContain('\n');
  });

  it('says where', () => {
    expect(checkChatRow({ messages: [system, user, { role: 'assistant', content: 5 }] })).toContain(
      'messages.2.content',
    );
  });
});
