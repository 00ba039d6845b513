// Node strips the types by itself; the packages of the workspace are told to give their sources too.
import { registerHooks } from 'node:module';

registerHooks({
  resolve: (specifier, context, nextResolve) =>
    nextResolve(specifier, { ...context, conditions: [...context.conditions, '@arae/source'] }),
});

await import('../src/main.ts');
