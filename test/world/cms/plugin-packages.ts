import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Hono } from 'hono';
import { requireUser } from './bearer.ts';
import type { SiteEnv, SiteState } from './site-context.ts';

interface PackageFile {
  readonly id?: string;
  readonly name: string;
  readonly version?: string;
  readonly allowPublicAccess?: boolean;
  readonly extensions?: readonly unknown[];
  readonly importmap?: { readonly imports?: Readonly<Record<string, string>> };
}

interface PluginPackage extends PackageFile {
  readonly cacheBuster: string;
}

/** Reads the packages below an App_Plugins folder, each time anew so that a rebuilt plugin is seen at a reload. */
export class PluginPackages {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  async all(): Promise<PluginPackage[]> {
    const found: PluginPackage[] = [];
    for (const file of await this.#files()) {
      const text = await readFile(file, 'utf8');
      // Umbraco's answer for a broken file is the same: the package is left out and the log says so.
      const content = parsePackage(text, file);
      if (!content) continue;
      const cacheBuster = createHash('sha256').update(text).digest('hex').slice(0, 16);
      found.push({ ...content, cacheBuster });
    }
    return found;
  }

  /** Collects what packages add to the page's import map. */
  async imports(): Promise<Record<string, string>> {
    const packages = await this.all();
    return Object.assign({}, ...packages.map(({ importmap }) => importmap?.imports ?? {})) as Record<
      string,
      string
    >;
  }

  /** Umbraco scans two levels: App_Plugins/<name>/ and App_Plugins/<name>/<name>/. */
  async #files(): Promise<string[]> {
    const entries = await readdir(this.folder, { recursive: true, withFileTypes: true }).catch(() => []);
    return entries
      .filter((entry) => entry.isFile() && entry.name === 'umbraco-package.json')
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((file) => file.slice(this.folder.length).split(/[\\/]/).filter(Boolean).length <= 3)
      .sort();
  }
}

function parsePackage(text: string, file: string): PackageFile | undefined {
  try {
    const content: unknown = JSON.parse(text);
    if (typeof content === 'object' && content !== null && 'name' in content) return content as PackageFile;
    console.warn(`${file} was left out: it has no "name".`);
  } catch (error) {
    console.warn(`${file} was left out: ${error instanceof Error ? error.message : String(error)}`);
  }
  return undefined;
}

export function manifestRoutes(state: SiteState): Hono<SiteEnv> {
  const list = async (isPublic: boolean | undefined): Promise<object[]> =>
    (await state.packages.all())
      .filter((found) => isPublic === undefined || (found.allowPublicAccess ?? false) === isPublic)
      .map(({ name, id, version, cacheBuster, extensions }) => ({
        name,
        id: id ?? null,
        version: version ?? null,
        cacheBuster,
        extensions: extensions ?? [],
      }));
  const app = new Hono<SiteEnv>();
  app
    .get('/public', async (c) => c.json(await list(true)))
    .get('/private', requireUser(state), async (c) => c.json(await list(false)))
    .get('/', requireUser(state), async (c) => c.json(await list(undefined)));
  return app;
}
