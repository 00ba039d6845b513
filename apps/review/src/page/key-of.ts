/**
 * The key's place on the keyboard (`KeyA`), so that a Korean input method does not matter. Null where the key belongs to
 * somebody else: to a field that is written in, to the browser (Ctrl …), to an input method at work.
 */
export function keyOf(event: KeyboardEvent): string | null {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return null;
  const target = event.target as HTMLElement;
  if (target.tagName === 'TEXTAREA' || target.tagName === 'INPUT')
    return event.code === 'Escape' ? 'Escape' : null;
  // On a button that is in front, Enter and blank press it.
  if (
    target.tagName === 'BUTTON' &&
    target.getAttribute('role') !== 'radio' &&
    ['Enter', 'Space'].includes(event.code)
  ) {
    return null;
  }
  if (event.shiftKey && event.code === 'KeyS') return 'ShiftKeyS';
  return event.code.replace('Numpad', 'Digit').replace('DigitEnter', 'Enter');
}
