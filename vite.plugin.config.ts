import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import packageJson from './package.json' with { type: 'json' };

// Builds the backoffice package: `vite build --config vite.plugin.config.ts`, into dist/App_Plugins/Penumbra/.

const source = fileURLToPath(new URL('./backoffice-plugin/', import.meta.url));

/** Puts the files that a site's server and its owner read beside the scripts. */
function packageFiles(): Plugin {
  return {
    name: 'package-files',
    async generateBundle(): Promise<void> {
      const manifest: object = JSON.parse(await readFile(`${source}umbraco-package.json`, 'utf8')) as object;
      const versioned = { ...manifest, version: packageJson.version };
      const fileName = 'umbraco-package.json';
      this.emitFile({ type: 'asset', fileName, source: `${JSON.stringify(versioned, null, 2)}\n` });
      for (const file of ['sign-in/penumbra.config.json', 'sign-in/penumbra.config.schema.json']) {
        this.emitFile({ type: 'asset', fileName: basename(file), source: await readFile(source + file) });
      }
    },
  };
}

export default defineConfig({
  publicDir: false,
  plugins: [packageFiles()],
  build: {
    outDir: 'dist/App_Plugins/Penumbra',
    emptyOutDir: true,
    target: 'es2022',
    sourcemap: true,
    lib: {
      entry: { 'sign-in': `${source}sign-in/app-entry-point.ts` },
      formats: ['es'],
      fileName: (_format, name) => `${name}.js`,
    },
    // The site provides these through its import map; a second copy would have registries of its own.
    rolldownOptions: { external: [/^@umbraco/] },
  },
});
