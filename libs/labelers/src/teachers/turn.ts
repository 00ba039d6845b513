/** A further message of a conversation, behind the prompt. */
export interface Turn {
  role: 'assistant' | 'user';
  text: string;
}
