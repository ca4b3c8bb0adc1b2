import { join, resolve } from "node:path";
import react from "@vitejs/plugin-react";
import { build as bundled } from "esbuild";
import { defineConfig, type Plugin } from "vite";
import { brandPlugin, brandWords, checkedBrand, homeScreenPlugin } from "./build/brand.ts";

const here = import.meta.dirname;
// Whoever builds, a test runner too: what is built is what people get.
process.env["NODE_ENV"] = "production";

/**
 * `vite build --config wallet/vite.config.ts` makes the Wallet (`dist/wallet`); with `--mode navigator` Navigator (`dist/navigator`):
 * `app.html` is what a native shell opens, `index.html` the page in the shape of a phone.
 */
export default defineConfig(({ mode }) => {
  const navigator = mode === "navigator";
  const brand = checkedBrand();
  const root = join(here, navigator ? "navigator" : "web");
  return {
    root,
    // A native shell opens files; the Wallet answers every path with its one page.
    base: navigator ? "./" : "/",
    plugins: [
      react(),
      brandPlugin(brand),
      ...(navigator ? [] : [homeScreenPlugin(brand), serviceWorker(join(root, "service-worker.ts"))]),
    ],
    build: {
      // In the folder it is run in, as lib/build.ts does.
      outDir: resolve("dist", navigator ? "navigator" : "wallet"),
      emptyOutDir: true,
      target: "es2022",
      // CSP `default-src 'self'` admits no data: URL.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: {
        // Whoever starts it is not who tunes its build.
        checks: { pluginTimings: false },
        input: (navigator ? ["index.html", "app.html"] : ["index.html"]).map((page) => join(root, page)),
      },
    },
  };
});

/** One script of its own at a path that stays: a browser updates what it registered there, and not every one loads modules in it. */
function serviceWorker(entry: string): Plugin {
  return {
    name: "service-worker",
    async generateBundle() {
      const options = { bundle: true, minify: true, format: "iife", target: "es2022", write: false } as const;
      const { outputFiles } = await bundled({ ...options, entryPoints: [entry], plugins: [brandWords()] });
      this.emitFile({ type: "asset", fileName: "service-worker.js", source: outputFiles[0]?.text ?? "" });
    },
  };
}
