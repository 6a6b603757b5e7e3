// Reads Vite's manifest: which built files belong to an entry.

/** One file of the build, as Vite's `manifest.json` describes it; only the fields that the shells need. */
export interface ViteManifestChunk {
  readonly file: string;
  readonly name?: string;
  readonly isEntry?: boolean;
  readonly imports?: readonly string[];
  readonly css?: readonly string[];
}

/** Vite's `manifest.json` (`build.manifest`): source path to built file. */
export type ViteManifest = Readonly<Record<string, ViteManifestChunk>>;

/** Addresses of an entry's files, ready for `src` and `href`. */
export interface EntryAssets {
  readonly script: string;
  /** What the script imports at once, in the order of the manifest. */
  readonly preloads: readonly string[];
  readonly stylesheets: readonly string[];
}

const BASE = '/assets/';
const PAGE_STYLES = 'page';

/**
 * Finds the script of an entry, all that it imports at once, and the page's styles.
 * @throws Error when the build does not hold the entry.
 */
export function entryAssets(manifest: ViteManifest, entry: string): EntryAssets {
  const chunk = requireEntry(manifest, entry);
  const reached = new Set<ViteManifestChunk>();
  reach(manifest, chunk, reached);
  reached.delete(chunk);
  const styles = [chunk, ...reached].flatMap((each) => each.css ?? []);
  return {
    script: BASE + chunk.file,
    preloads: [...reached].map((each) => BASE + each.file),
    stylesheets: [pageStylesheet(manifest), ...styles.map((file) => BASE + file)],
  };
}

/**
 * Finds the stylesheet that every page has.
 * @throws Error when the build does not hold it.
 */
export function pageStylesheet(manifest: ViteManifest): string {
  const entry = requireEntry(manifest, PAGE_STYLES);
  return BASE + entry.file;
}

function requireEntry(manifest: ViteManifest, entry: string): ViteManifestChunk {
  const found = Object.values(manifest).find((chunk) => chunk.isEntry === true && chunk.name === entry);
  if (found) return found;
  throw new Error(
    `The built screens have no entry "${entry}": run "npm run build" and deploy dist/assets again.`,
  );
}

function reach(manifest: ViteManifest, chunk: ViteManifestChunk, reached: Set<ViteManifestChunk>): void {
  if (reached.has(chunk)) return;
  reached.add(chunk);
  for (const key of chunk.imports ?? []) {
    const next = manifest[key];
    if (next) reach(manifest, next, reached);
  }
}
