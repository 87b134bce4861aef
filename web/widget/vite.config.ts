/** Builds the one file that a site embeds, beside the console: `vite build web/widget` → web/dist/widget.js (and demo.html). */
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

const root = dirname(fileURLToPath(import.meta.url));

/** A page in another encoding would read our Hindi as gibberish: the file is plain ASCII. */
const asciiOnly: Plugin = {
  name: 'ascii-only',
  generateBundle(_options, bundle) {
    for (const file of Object.values(bundle)) {
      if (file.type === 'chunk')
        file.code = file.code.replace(/[^\p{ASCII}]/gu, (character) =>
          [...Array(character.length).keys()]
            .map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`)
            .join(''),
        );
    }
  },
};

export default defineConfig({
  root,
  plugins: [asciiOnly],
  build: {
    outDir: '../dist',
    emptyOutDir: false,
    target: 'es2020',
    lib: { entry: 'src/main.ts', name: 'ParleyWidget', formats: ['iife'], fileName: () => 'widget.js' },
  },
});
