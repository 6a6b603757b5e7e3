import { Hono } from 'hono';
import { requireUser } from './bearer.ts';
import { managementApi, type SiteEnv, type SiteState } from './site-context.ts';

/** Answers the Content section for a site that has no content at all: empty trees, empty bins, empty lists. */
export function contentRoutes(state: SiteState): Hono<SiteEnv> {
  const empty = { total: 0, items: [] };
  const api = new Hono<SiteEnv>().basePath(managementApi);
  for (const path of ['/tree/*', '/recycle-bin/*', '/document/*', '/item/*'])
    api.use(path, requireUser(state));
  return api
    .get('/tree/:type/:list{root|children}', (c) => c.json(empty))
    .get('/tree/:type/ancestors', (c) => c.json([]))
    .get('/tree/:type/siblings', (c) => c.json({ totalBefore: 0, totalAfter: 0, items: [] }))
    .get('/recycle-bin/:type/:list{root|children}', (c) => c.json(empty))
    .get('/document/configuration', (c) =>
      c.json({
        disableDeleteWhenReferenced: false,
        disableUnpublishWhenReferenced: false,
        allowEditInvariantFromNonDefault: true,
        allowNonExistingSegmentsCreation: false,
      }),
    )
    .get('/item/:type', (c) => c.json([]));
}
