/** How the console is built: into the Python package, which serves and ships it. */
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { "@": here("./src") } },
  cacheDir: ".vite",
  build: {
    outDir: here("../src/titian/server/console"),
    emptyOutDir: true,
    target: "es2022",
    manifest: true,
    chunkSizeWarningLimit: 1200,
  },
  server: {
    port: 5173,
    proxy: { "/api": process.env.TITIAN_API ?? "http://127.0.0.1:8484" },
  },
});
