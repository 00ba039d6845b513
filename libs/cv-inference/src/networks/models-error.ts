import type { NetworkName } from './network-names.ts';

export interface ModelsErrorPlace {
  readonly file: string;
  /** null: the manifest itself. */
  readonly network: NetworkName | null;
}

/** A set of models cannot be used: which file, what is wrong with it, the mend. */
export class ModelsError extends Error {
  override readonly name = 'ModelsError';
  readonly file: string;
  readonly network: NetworkName | null;

  constructor({ file, network }: ModelsErrorPlace, problem: string, mend: string, cause?: unknown) {
    super(
      `${network === null ? '' : `network ${network}: `}${file}: ${problem}: ${mend}`.replaceAll(/\s+/g, ' '),
      cause === undefined ? {} : { cause },
    );
    this.file = file;
    this.network = network;
  }
}
