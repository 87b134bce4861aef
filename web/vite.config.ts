import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { compress } from './compress.ts';

const server = process.env.PARLEY_API ?? 'http://localhost:3000';

/** `vite build web` → web/dist, served by the API at `/`; `vite web` proxies the API of a running server. */
export default defineConfig({
  plugins: [react(), compress()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      output: {
        // What several screens share comes in two files, not in a hundred that queue for six connections.
        codeSplitting: {
          groups: [
            { name: 'parts', test: /@ant-design[\\/]icons/, priority: 3 },
            { name: 'parts', test: /node_modules/, minShareCount: 4, priority: 2 },
            { name: 'shared', test: /web[\\/]src/, minShareCount: 4, priority: 1 },
          ],
        },
      },
    },
  },
  server: { port: 5173, proxy: { '/api': server, '/webchat': { target: server, ws: true } } },
});
