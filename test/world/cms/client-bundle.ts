/**
 * Turns an npm install of Umbraco's real backoffice client into static files that a browser can load.
 *
 * Owns the folder `.penumbra/cms-client/` (a cache that may be deleted at any time). Must know nothing of users,
 * sessions or sign-in: those belong to the site.
 */
import { createHash, randomBytes } from 'node:crypto';
import { access, cp, mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown, type Plugin } from 'rolldown';

const repository = fileURLToPath(new URL('../../../', import.meta.url));
const installedClient = join(repository, 'node_modules/@umbraco-cms/backoffice');

/** Where the site serves the bundle, as a real Umbraco does. */
const publicPath = '/umbraco/backoffice/';

/** Change this whenever the recipe below changes, so that a cached bundle of the old recipe is not used. */
const recipe = '4';

interface ClientPackage {
  readonly version: string;
  readonly exports: Readonly<Record<string, unknown>>;
}

/**
 * Bundles the backoffice client of `packageFolder` (an installed `@umbraco-cms/backoffice`) and resolves with the
 * absolute folder that holds it; the site serves that folder at `/umbraco/backoffice/`.
 *
 * The folder has `js/` (one entry for each export of the package, and shared chunks), `css/`, `assets/fonts/` and
 * `import-map.json`. The first call takes a few seconds, later ones find the finished folder and return at once.
 * Rejects with a message that says what to install when the package or its styles are missing.
 */
export async function ensureClientBundle(packageFolder: string = installedClient): Promise<string> {
  const client = await readClientPackage(packageFolder);
  const styles = await findStyles(packageFolder);
  const hash = createHash('sha256')
    .update([recipe, client.version, styles, JSON.stringify(client.exports)].join('\n'))
    .digest('hex')
    .slice(0, 12);
  const target = join(repository, '.penumbra/cms-client', `${client.version}-${hash}`);
  if (await exists(join(target, 'import-map.json'))) return target;

  // Built beside the target and renamed into place, so that a build that was broken off is never served.
  const building = `${target}.${randomBytes(4).toString('hex')}`;
  await mkdir(building, { recursive: true });
  try {
    const entries = entryPoints(client, packageFolder);
    await bundle(entries, join(building, 'js'));
    await copyStyles(styles, building);
    await writeFile(join(building, 'import-map.json'), JSON.stringify(importMap(entries), null, 1));
    await rename(building, target).catch(async (error: unknown) => {
      // Another process may have finished the same bundle first; its folder is as good as ours.
      if (!(await exists(join(target, 'import-map.json')))) throw error;
    });
  } finally {
    await rm(building, { recursive: true, force: true });
  }
  return target;
}

async function readClientPackage(packageFolder: string): Promise<ClientPackage> {
  const file = join(packageFolder, 'package.json');
  const text = await readFile(file, 'utf8').catch(() => {
    throw new Error(`Umbraco's client is not installed: ${file} is missing. Run npm install.`);
  });
  return JSON.parse(text) as ClientPackage;
}

interface Entry {
  readonly specifier: string;
  readonly name: string;
  readonly file: string;
}

function entryPoints(client: ClientPackage, packageFolder: string): Entry[] {
  return Object.entries(client.exports).flatMap(([path, file]) =>
    // The others are `null` (the root) and declaration files, which a browser never asks for.
    typeof file === 'string' && file.endsWith('.js')
      ? [
          {
            specifier: `@umbraco-cms/backoffice${path.slice(1)}`,
            name: path.slice(2).replaceAll('/', '-'),
            file: resolve(packageFolder, file),
          },
        ]
      : [],
  );
}

function importMap(entries: readonly Entry[]): { imports: Record<string, string> } {
  return {
    imports: Object.fromEntries(
      entries.map(({ specifier, name }) => [specifier, `${publicPath}js/${name}.js`]),
    ),
  };
}

async function bundle(entries: readonly Entry[], folder: string): Promise<void> {
  const build = await rolldown({
    input: Object.fromEntries(entries.map(({ name, file }) => [name, file])),
    plugins: [monacoStandIn()],
    preserveEntrySignatures: 'allow-extension',
    logLevel: 'silent',
  });
  try {
    await build.write({
      dir: folder,
      format: 'esm',
      entryFileNames: '[name].js',
      chunkFileNames: 'chunks/[name]-[hash].js',
      minify: false,
      // Without groups the browser has to load more than two thousand files.
      codeSplitting: {
        includeDependenciesRecursively: false,
        groups: [
          { name: languageOf, test: /[\\/]assets[\\/]lang[\\/]/, priority: 3 },
          { name: 'icons', test: /[\\/]icon-registry[\\/]icons[\\/]/, priority: 2 },
          { name: 'core', test: isSharedCode, tags: ['$initial'], priority: 1 },
        ],
      },
      strictExecutionOrder: true,
    });
  } finally {
    await build.close();
  }
}

function languageOf(id: string): string {
  return `lang-${/([^\\/]+)\.js$/.exec(id)?.[1] ?? 'other'}`;
}

function isSharedCode(id: string): boolean {
  return !/[\\/]assets[\\/]lang[\\/]|[\\/]icon-registry[\\/]icons[\\/]/.test(id);
}

/** Replaces the code editor, which is several megabytes of workers that no screen of ours opens. */
function monacoStandIn(): Plugin {
  return {
    name: 'monaco-stand-in',
    load: {
      filter: { id: /[\\/]external[\\/]monaco-editor[\\/]index\.js$/ },
      handler: () => ({ code: 'export const monaco = {};\nexport const styles = "";\n', moduleType: 'js' }),
    },
  };
}

/** Finds the folder with UUI's style sheets that belongs to this client, as module resolution would. */
async function findStyles(packageFolder: string): Promise<string> {
  for (let folder = packageFolder; folder !== dirname(folder); folder = dirname(folder)) {
    const themes = join(folder, 'node_modules/@umbraco-ui/uui/dist');
    if (await exists(join(themes, 'themes/light.css'))) return themes;
  }
  throw new Error(`No style sheets of @umbraco-ui/uui near ${packageFolder}. Run npm install.`);
}

/** Sizes that the client expects of the page around it, and that npm does not ship. */
const layoutStyles = `:root {
  --umb-footer-layout-height: 54px;
  --umb-header-layout-height: 70px;
  --umb-section-sidebar-width: 300px;
  --umb-card-medium-min-width: 200px;
  --umb-card-large-min-width: 340px;
}
`;

async function copyStyles(styles: string, building: string): Promise<void> {
  await mkdir(join(building, 'css'), { recursive: true });
  for (const theme of await readdir(join(styles, 'themes'))) {
    await cp(join(styles, 'themes', theme), join(building, 'css', theme));
  }
  await writeFile(join(building, 'css/layout.css'), layoutStyles);
  await cp(join(styles, 'assets/fonts'), join(building, 'assets/fonts'), { recursive: true });
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
