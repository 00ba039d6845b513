import type { S3Credentials, S3Place } from '@arae/transfer';
import { UsageError } from './errors.ts';
import type { Runner } from './runner.ts';

/**
 * Where the network volume is reached over S3, and with what: the address of RunPod for its data centre where none is set.
 * @throws UsageError for what is missing
 */
export function s3PlaceOf({ settings, env }: Pick<Runner, 'settings' | 'env'>): {
  place: S3Place;
  credentials: S3Credentials;
} {
  const { networkVolume, dataCenter, s3Endpoint, s3Region } = settings;
  if (networkVolume === undefined) {
    throw new UsageError('--s3 needs --network-volume: a disk of a pod has no S3 interface');
  }
  const region = s3Region ?? (dataCenter?.length === 1 ? dataCenter[0] : undefined);
  if (region === undefined) {
    throw new UsageError(
      '--s3 needs the one data centre of the volume: give --data-center (for instance EU-CZ-1), or --s3-region with --s3-endpoint',
    );
  }
  const accessKeyId = env['RUNPOD_S3_ACCESS_KEY_ID']?.trim() ?? '';
  const secretAccessKey = env['RUNPOD_S3_SECRET_ACCESS_KEY']?.trim() ?? '';
  if (accessKeyId === '' || secretAccessKey === '') {
    throw new UsageError(
      "RUNPOD_S3_ACCESS_KEY_ID and RUNPOD_S3_SECRET_ACCESS_KEY are not set: make a pair in the settings of RunPod's console (user_… and rps_…) and put it into the environment or .env",
    );
  }
  const endpoint = s3Endpoint ?? `https://s3api-${region.toLowerCase()}.runpod.io/`;
  return {
    place: { endpoint, region, volume: networkVolume },
    credentials: { accessKeyId, secretAccessKey },
  };
}
