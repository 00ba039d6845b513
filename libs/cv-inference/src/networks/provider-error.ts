import type { Provider } from './providers.ts';

/** An execution provider was asked for by name and cannot be loaded. */
export class ProviderError extends Error {
  override readonly name = 'ProviderError';
  readonly provider: Provider;

  constructor(provider: Provider, problem: string, mend: string) {
    super(`execution provider ${provider} cannot be loaded (${problem}): ${mend}`.replaceAll(/\s+/g, ' '));
    this.provider = provider;
  }
}
