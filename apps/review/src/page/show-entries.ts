/** Scrolls both analyses to what they say about a space. */
export function showEntries(name: string): void {
  for (const entry of document.querySelectorAll(`.spaces li[data-space="${CSS.escape(name)}"]`)) {
    entry.scrollIntoView({ block: 'nearest' });
  }
}
