import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { compress } from './compress.ts';

const server = process.env.PARLEY_API ?? 'http://localhost:3000';

/** `vite build web` → web/dist, served by the API at `/`; `vite web` proxies the API of a running server. */
export default defineConfig({
  plugins: [react(), compress()],
  build: { outDir: 'dist', emptyOutDir: true, target: 'es2022', chunkSizeWarningLimit: 700 },
  server: { port: 5173, proxy: { '/api': server, '/webchat': { target: server, ws: true } } },
});
