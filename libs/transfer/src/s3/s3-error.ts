import { TransferError } from '../transfer-error.ts';
import type { S3Place } from './s3-volume.ts';

interface Thrown {
  readonly name?: string;
  readonly message?: string;
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

export const statusOf = (error: unknown) => (error as Thrown).$metadata?.httpStatusCode;
export const isMissing = (error: unknown) =>
  statusOf(error) === 404 && (error as Thrown).name !== 'NoSuchBucket';

/** What an error of the S3 client means for a transfer; no part of a key is in it. */
export function s3Error(error: unknown, what: string, { endpoint, volume }: S3Place): TransferError {
  if (error instanceof TransferError) return error;
  const { name = 'Error', message = '', code } = error as Thrown;
  const status = statusOf(error);
  const said = `${what} at ${endpoint}`;
  if (name === 'NoSuchBucket') {
    return new TransferError(
      `${said}: there is no network volume ${volume}: check --network-volume and the data centre of --s3-endpoint`,
      { code: 'no-volume' },
    );
  }
  if (status === 401 || status === 403) {
    return new TransferError(
      `${said} is refused (${name}): check RUNPOD_S3_ACCESS_KEY_ID and RUNPOD_S3_SECRET_ACCESS_KEY; they are not RunPod's API key but a pair of their own, made in the console's settings`,
      { code: 'bad-credentials' },
    );
  }
  if (status === 404) {
    return new TransferError(`${said}: it is not there (${name}): run again`, { code: 'changed' });
  }
  // Also 307 and 400, which come of a wrong region; everything without a status never got there or was cut off.
  if (status !== undefined && status !== 408 && status !== 429 && status < 500) {
    return new TransferError(
      `${said} answered ${status} (${name}: ${message.replaceAll(/\s+/g, ' ').slice(0, 200)}): check --s3-endpoint and --s3-region`,
      { code: 'command-failed' },
    );
  }
  return new TransferError(
    `${said} broke off (${status ?? code ?? name}): check the connection, then run again`,
    { code: 'cut' },
  );
}
