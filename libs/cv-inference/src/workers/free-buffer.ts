/**
 * Gives the memory behind an array back at once. The collector sees only a small object and would let hundreds of
 * megabytes wait; how much, hangs on the number of drawings. The array is empty afterwards.
 */
export function freeBuffer({ buffer, byteLength }: ArrayBufferView): void {
  // Others may use the rest of a larger piece.
  if (!(buffer instanceof ArrayBuffer) || byteLength !== buffer.byteLength) return;
  try {
    buffer.transfer(0);
  } catch {
    // Memory that a library owns cannot be detached; it goes with its object.
  }
}
