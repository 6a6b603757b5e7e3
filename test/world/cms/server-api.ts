import { Hono } from 'hono';
import { requireUser } from './bearer.ts';
import type { SiteEnv, SiteState } from './site-context.ts';
import { svg } from './static-files.ts';

export const passwordConfiguration = {
  minimumPasswordLength: 10,
  requireNonLetterOrDigit: false,
  requireDigit: false,
  requireLowercase: false,
  requireUppercase: false,
};

/** Answers what the client asks about the server itself: its state, its version, its languages, its pictures. */
export function serverRoutes(state: SiteState, clientVersion: string): Hono<SiteEnv> {
  const app = new Hono<SiteEnv>();
  app
    .get('/server/status', (c) => c.json({ serverStatus: 'Run' }))
    .get('/server/configuration', (c) =>
      c.json({
        allowPasswordReset: false,
        versionCheckPeriod: 0,
        allowLocalLogin: true,
        umbracoCssPath: '/css',
        signalR: { skipNegotiation: false },
      }),
    )
    .use('/server/*', requireUser(state))
    .get('/server/information', (c) =>
      c.json({
        version: clientVersion,
        assemblyVersion: clientVersion,
        baseUtcOffset: '00:00:00',
        runtimeMode: 'BackofficeDevelopment',
      }),
    )
    .get('/server/troubleshooting', (c) => c.json({ items: [] }))
    .get('/server/upgrade-check', (c) => c.json({ type: 'None', comment: '', url: '' }))
    .use('/language', requireUser(state))
    .get('/language', (c) => c.json({ total: 1, items: [english] }))
    .use('/language/*', requireUser(state))
    .get('/language/:isoCode', (c) => c.json(english))
    .use('/temporary-file/configuration', requireUser(state))
    .get('/temporary-file/configuration', (c) =>
      c.json({
        imageFileTypes: ['jpeg', 'jpg', 'gif', 'png', 'svg', 'webp'],
        disallowedUploadedFilesExtensions: [],
        allowedUploadedFileExtensions: [],
        maxFileSize: null,
      }),
    )
    .use('/news-dashboard', requireUser(state))
    .get('/news-dashboard', (c) => c.json({ items: [] }));
  return app;
}

/** Serves the pictures of the start page and the header: drawings of the stand-in's own, not Umbraco's marks. */
export function graphicsRoutes(): Hono<SiteEnv> {
  const app = new Hono<SiteEnv>();
  app.get('/graphics/:name', (c) => {
    const drawing = drawings[c.req.param('name')];
    return drawing === undefined ? c.text('Not found', 404) : svg(c, drawing);
  });
  return app;
}

const english = {
  isoCode: 'en-US',
  name: 'English (United States)',
  isDefault: true,
  isMandatory: true,
  fallbackIsoCode: null,
};

const mark = (color: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40" width="40" height="40"><g fill="none" stroke="${color}" stroke-width="3"><circle cx="20" cy="20" r="17"/><path d="M12 13v8a8 8 0 0 0 16 0v-8"/></g></svg>`;

const wordMark = (color: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 190 40" width="190" height="40"><g fill="none" stroke="${color}" stroke-width="3"><circle cx="20" cy="20" r="17"/><path d="M12 13v8a8 8 0 0 0 16 0v-8"/></g><text x="48" y="27" fill="${color}" font-family="Lato,sans-serif" font-size="20">Demo site</text></svg>`;

const background =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 900 1000" preserveAspectRatio="xMidYMid slice"><defs><linearGradient id="g" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#1b264f"/><stop offset="1" stop-color="#3544b1"/></linearGradient></defs><rect width="900" height="1000" fill="url(#g)"/><g fill="#fff" fill-opacity=".06"><circle cx="640" cy="320" r="330"/><circle cx="700" cy="360" r="230"/><circle cx="180" cy="860" r="210"/></g></svg>';

const drawings: Readonly<Record<string, string>> = {
  logo: mark('#ffffff'),
  'logo-alternative': mark('#1b264f'),
  'login-logo': wordMark('#ffffff'),
  'login-logo-alternative': wordMark('#1b264f'),
  'login-background': background,
};
