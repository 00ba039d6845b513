import type { Clock } from '@arae/progress';
import type { RunpodClient } from '@arae/runpod';
import type { SshTarget } from '@arae/transfer';
import { join } from 'node:path';
import type { Settings } from './settings.ts';
import type { StateFile } from './state.ts';

/** What every command works with. */
export interface Runner {
  readonly settings: Settings;
  readonly client: RunpodClient;
  readonly apiKey: string;
  readonly state: StateFile;
  readonly clock: Clock;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** One line for people. */
  readonly say: (line: string) => void;
  /** Asks a person; null without a terminal. */
  readonly confirm: ((question: string) => Promise<boolean>) | null;
  readonly signal: AbortSignal;
}

/** A pod that answers over SSH. */
export interface LivePod {
  readonly id: string;
  readonly target: SshTarget;
}

/** Where things lie on the pod. */
export function podPaths({ settings }: Pick<Runner, 'settings'>) {
  const root = `${settings.workspace}/arae`;
  return {
    root,
    data: `${root}/data`,
    bundle: `${root}/bundle`,
    runs: `${root}/runs`,
    control: `${root}/control`,
  };
}

export const keyFile = ({ state }: Pick<Runner, 'state'>) => join(state.folder, 'ssh', 'id_ed25519');
