import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: `${import.meta.dirname}/src/page`,
  // The page lies at the root of the server's own address.
  base: '/',
  plugins: [react()],
  build: { outDir: `${import.meta.dirname}/dist/page`, emptyOutDir: true, assetsInlineLimit: 0 },
});
