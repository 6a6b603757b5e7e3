import { Hono } from 'hono';
import { requireUser } from './bearer.ts';
import type { SiteEnv, SiteState } from './site-context.ts';

/** Answers the Content section for a site that has no content at all: empty trees, empty bins, empty lists. */
export function contentRoutes(state: SiteState): Hono<SiteEnv> {
  const empty = { total: 0, items: [] };
  const app = new Hono<SiteEnv>();
  for (const path of [
    '/tree/*',
    '/recycle-bin/*',
    '/document/*',
    '/document-type/*',
    '/redirect-management',
    '/redirect-management/*',
    '/item/*',
  ])
    app.use(path, requireUser(state));
  app
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
    .get('/document-type/allowed-at-root', (c) => c.json(empty))
    .get('/redirect-management', (c) => c.json(empty))
    .get('/redirect-management/status', (c) => c.json({ status: 'Disabled', userIsAdmin: true }))
    .get('/item/:type/search', (c) => c.json(empty))
    .get('/item/:type', (c) => c.json([]));
  return app;
}
