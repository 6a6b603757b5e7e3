import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';
import { entryAssets, type ViteManifest } from './worker/pages/manifest.ts';

const OUT = 'dist/assets';
const BASE = '/assets/';
const HOSTED = 'backoffice-plugin/elements/hosted';
const LOGIN_SCRIPT_BUDGET = 60 * 1024;

/** Prints what each page loads in scripts, compressed, and fails the build when the login page loads too much. */
function scriptBudget(): Plugin {
  let out = OUT;
  return {
    name: 'penumbra-script-budget',
    apply: 'build',
    configResolved(config) {
      out = config.build.outDir;
    },
    async closeBundle() {
      const manifest = JSON.parse(await readFile(join(out, 'manifest.json'), 'utf8')) as ViteManifest;
      for (const entry of ['interaction', 'account', 'admin', 'setup', 'reset', 'not-me', 'join', 'stop']) {
        const { script, preloads } = entryAssets(manifest, entry);
        const files = await Promise.all(
          [script, ...preloads].map((path) => readFile(join(out, path.slice(BASE.length)))),
        );
        const bytes = files.reduce((sum, file) => sum + gzipSync(file, { level: 9 }).length, 0);
        this.info(`${entry}: ${(bytes / 1024).toFixed(1)} KiB of scripts (gzip -9)`);
        if (entry === 'interaction' && bytes > LOGIN_SCRIPT_BUDGET) {
          this.error(`The login page loads ${bytes} bytes of scripts, more than ${LOGIN_SCRIPT_BUDGET}.`);
        }
      }
    },
  };
}

export default defineConfig({
  base: BASE,
  publicDir: false,
  build: {
    outDir: OUT,
    emptyOutDir: true,
    assetsDir: '',
    // Fonts and pictures stay files: the content security policy allows no data URL for fonts.
    assetsInlineLimit: 0,
    manifest: 'manifest.json',
    modulePreload: { polyfill: false },
    target: 'es2022',
    rolldownOptions: {
      input: {
        interaction: `${HOSTED}/interaction.ts`,
        account: `${HOSTED}/account.ts`,
        admin: `${HOSTED}/admin.ts`,
        setup: `${HOSTED}/setup.ts`,
        reset: `${HOSTED}/reset.ts`,
        'not-me': `${HOSTED}/not-me.ts`,
        join: `${HOSTED}/join.ts`,
        stop: `${HOSTED}/stop.ts`,
        page: `${HOSTED}/page.css`,
      },
    },
  },
  plugins: [scriptBudget()],
});
