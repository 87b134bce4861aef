import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** `vite build web/playground` → web/dist/playground, served at `/playground` while the emulator runs. */
export default defineConfig({
  root: dirname(fileURLToPath(import.meta.url)),
  base: '/playground/',
  build: { outDir: '../dist/playground', emptyOutDir: true, target: 'es2022' },
});
