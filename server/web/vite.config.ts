import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** `--mode defects` builds a page that can be broken on purpose: nothing of that is in the build that people get. */
export default defineConfig(({ mode }) => ({
  plugins: [react()],
  resolve: {
    alias: { '#policies': here(mode === 'defects' ? 'defects/chosen.ts' : 'src/specification.ts') },
  },
  build: {
    outDir: mode === 'defects' ? 'dist-defects' : 'dist',
    // The server's policy lets the page load files, and nothing that is written inside of it.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8000', '/dashboard.json': 'http://127.0.0.1:8000' } },
}));
