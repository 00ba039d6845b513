/**
 * The lines of a body as it comes.
 *
 * @throws RangeError for a line of more characters than this, which would otherwise fill the memory
 */
export async function* textLines(
  body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  maxLength: number,
): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder();
  let parts: string[] = [];
  let length = 0;
  for await (const chunk of body) {
    const [first = '', ...others] = decoder.decode(chunk, { stream: true }).split('\n');
    parts.push(first);
    length += first.length;
    for (const other of others) {
      yield parts.join('');
      parts = [other];
      length = other.length;
    }
    if (length > maxLength) throw new RangeError(`a line has more than ${maxLength} characters`);
  }
  yield parts.join('') + decoder.decode();
}
