import { Hono } from 'hono';
import type { AssetsPort } from '../ports/assets.ts';

/** Serves the built screens, below `/assets`: through the service, so that they carry its headers too (S66). */
export function assetRoutes(assets: AssetsPort): Hono {
  return new Hono().get('/*', async (c) => {
    const path = c.req.path.replace(/^\/assets\//, '');
    const asset = path === 'manifest.json' ? undefined : await assets.read(path);
    if (!asset) return c.notFound();
    return new Response(asset.body, { headers: { 'content-type': asset.contentType } });
  });
}
