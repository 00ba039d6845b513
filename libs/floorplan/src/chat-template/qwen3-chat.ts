/** A conversation of one question, as it is trained and served. */
export interface ChatTexts {
  system: string;
  user: string;
}

/**
 * What begins the answer when thinking is off (`enable_thinking=False`): the same in a training row and in a request, so it
 * carries no loss.
 */
export const EMPTY_THINKING = '<think>\n\n</think>\n\n';

/** What ends a turn; the last token of an answer that is trained. */
export const END_OF_TURN = '<|im_end|>';

const turn = (role: string, content: string) => `<|im_start|>${role}\n${content}${END_OF_TURN}\n`;

/** The text that Qwen3's chat template makes of a question with thinking off, up to where the answer begins. */
export function renderQwen3Question({ system, user }: ChatTexts): string {
  return `${turn('system', system)}${turn('user', user)}<|im_start|>assistant\n${EMPTY_THINKING}`;
}

/**
 * The text that Qwen3's chat template makes of a training row. Right for answers that do not begin with a line break and for
 * texts without control tokens (`controlTokenIn`), which the template would read as more than text.
 */
export function renderQwen3Row(texts: ChatTexts, answer: string): string {
  return `${renderQwen3Question(texts)}${answer}${END_OF_TURN}\n`;
}

/**
 * The first string in a text that Qwen3's tokenizer or template would take for a control token rather than for text; null
 * when there is none.
 */
export function controlTokenIn(text: string): string | null {
  return /<\|[a-z_]+\|>|<\/?(?:think|tool_call|tool_response)>/.exec(text)?.[0] ?? null;
}
