/** Builds the one file that a site embeds, beside the console: `vite build web/widget` → web/dist/widget.js (and demo.html). */
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const root = dirname(fileURLToPath(import.meta.url));

export default defineConfig({
  root,
  build: {
    outDir: '../dist',
    emptyOutDir: false,
    target: 'es2020',
    lib: { entry: 'src/main.ts', name: 'ParleyWidget', formats: ['iife'], fileName: () => 'widget.js' },
  },
});
