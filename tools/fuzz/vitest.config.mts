import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: import.meta.dirname,
  resolve: { conditions: ['@arae/source'] },
  ssr: { resolve: { conditions: ['@arae/source'], externalConditions: ['@arae/source'] } },
  test: { name: 'fuzz', include: ['src/**/*.test.ts'], environment: 'node' },
});
