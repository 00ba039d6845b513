/** Signatures in one block of memory. */
const PER_BLOCK = 4096;

/**
 * Keeps many short arrays of one length in a few long ones. Allocated one by one between the texts of rows, which come and go, each of
 * them would keep a page of memory from being given back.
 */
export function createSignatureStore(): (signature: Int16Array) => Int16Array {
  let block = new Int16Array(0);
  let used = 0;
  return (signature) => {
    if (used + signature.length > block.length) {
      block = new Int16Array(PER_BLOCK * signature.length);
      used = 0;
    }
    block.set(signature, used);
    used += signature.length;
    return block.subarray(used - signature.length, used);
  };
}
