import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, resolve, sep } from 'node:path';
import { Hono } from 'hono';
import type { SiteEnv, SiteRequest } from './site-context.ts';

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.html': 'text/html; charset=utf-8',
};

/** Serves the client's files at `/umbraco/backoffice/` and the packages' files at `/App_Plugins/`. */
export function staticFiles(clientFolder: string, pluginFolder: string): Hono<SiteEnv> {
  const app = new Hono<SiteEnv>();
  app
    .get('/umbraco/backoffice/assets/:name{[a-z-]+\\.svg}', (c) => svg(c, blankDrawing))
    .get('/umbraco/backoffice/*', (c, next) => file(c, clientFolder, '/umbraco/backoffice/', next))
    .get('/App_Plugins/*', (c, next) => file(c, pluginFolder, '/App_Plugins/', next));
  return app;
}

/** Stands for Umbraco's own drawings, which are not part of its npm package. */
const blankDrawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>';

export function svg(c: SiteRequest, drawing: string): Response {
  return c.body(drawing, 200, { 'content-type': 'image/svg+xml', 'cache-control': 'no-cache' });
}

async function file(
  c: SiteRequest,
  folder: string,
  prefix: string,
  next: () => Promise<void>,
): Promise<Response | undefined> {
  const relative = decodePath(c.req.path.slice(prefix.length));
  const root = resolve(folder);
  const target = resolve(root, relative ?? '..');
  if (!target.startsWith(root + sep)) return c.text('Not found', 404);
  const content = await readFile(target).catch(() => undefined);
  if (!content) {
    await next();
    return undefined;
  }
  const etag = `"${createHash('sha256').update(content).digest('base64url').slice(0, 20)}"`;
  // Files are rebuilt under the same names, so a browser has to ask each time; most answers are then empty.
  const headers = { etag, 'cache-control': 'no-cache', 'x-content-type-options': 'nosniff' };
  if (c.req.header('if-none-match') === etag) return c.body(null, 304, headers);
  return c.body(new Uint8Array(content), 200, {
    ...headers,
    'content-type': types[extname(target)] ?? 'application/octet-stream',
  });
}

function decodePath(path: string): string | undefined {
  try {
    const decoded = decodeURIComponent(path);
    return decoded.includes('\0') ? undefined : decoded;
  } catch {
    return undefined;
  }
}
