import { TransferError } from './transfer-error.ts';

export function conflictError(paths: readonly string[]): TransferError {
  const others = paths.length > 1 ? ` and ${paths.length - 1} more` : '';
  return new TransferError(
    `${paths[0]}${others} changed on both sides: nothing was sent; move one of the two away, then run again`,
    { code: 'conflict', paths },
  );
}
