/**
 * The answer behind what the model thought aloud (`<think>…</think>` of Qwen and others). An answer that ends within the thinking
 * has no text; a server may have eaten the opening mark.
 */
export function withoutThinking(text: string): string {
  const end = text.indexOf(CLOSING);
  if (end >= 0) return text.slice(end + CLOSING.length).trimStart();
  return text.trimStart().startsWith(OPENING) ? '' : text;
}

const OPENING = '<think>';
const CLOSING = '</think>';
