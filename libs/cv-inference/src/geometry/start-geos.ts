import initGeosJs from 'geos-wasm';
import type { GeosApi } from './geos-api.ts';

/** GEOS, started. */
export interface Geos {
  readonly api: GeosApi;
  /** What GEOS said about its last failure; asking clears it. */
  takeFailure(): string;
}

let started: Promise<Geos> | undefined;

/** Starts GEOS, once per process: `geos-wasm` holds one instance and heeds the handlers of its first start only. */
export function startGeos(): Promise<Geos> {
  started ??= start();
  return started;
}

async function start(): Promise<Geos> {
  let failure = '';
  const api: unknown = await initGeosJs({
    // The package's default handler throws through the WebAssembly frames, which would leak what they hold.
    errorHandler: (message) => {
      failure = message;
    },
    noticeHandler: () => undefined,
  });
  return {
    api: api as GeosApi,
    takeFailure: () => {
      const taken = failure;
      failure = '';
      return taken;
    },
  };
}
