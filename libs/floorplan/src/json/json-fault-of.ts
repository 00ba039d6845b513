/** What `JSON.parse` found wrong, in one line: its messages quote the text with its line breaks. */
export function jsonFaultOf(error: unknown): string {
  return (error as Error).message.replaceAll(/\s+/g, ' ');
}
