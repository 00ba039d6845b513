import { registerHooks } from 'node:module';

/** Node strips the types by itself; the packages of the workspace are told to give their sources too. */
export function registerSources() {
  registerHooks({
    resolve: (specifier, context, nextResolve) =>
      nextResolve(specifier, { ...context, conditions: [...context.conditions, '@arae/source'] }),
  });
}
