// Who may import what. The table is the layout of the service; a folder that is not in it may import nothing.
import type { Import, Source } from './sources.ts';

/** A rule over all sources; gives one line for each place that breaks it. */
export interface Rule {
  readonly title: string;
  readonly broken: (sources: readonly Source[]) => string[];
  /** Sources of which each must be found broken, or the rule could not fail. */
  readonly wrong: readonly (readonly [path: string, text: string])[];
  /** Sources that must pass. */
  readonly right?: readonly (readonly [path: string, text: string])[];
}

const BASE = ['ports', 'storage-keys', 'assurance', 'http'];
const WORDS = ['localization', 'messages'];
const MIDDLE = [...BASE, 'type config'];
const OUTER = [
  ...BASE,
  ...['config', 'wire', 'interaction-public', 'session', 'factors', 'accounts', 'jobs', 'pages'],
];

/** What each part of the worker may import beside itself; `type` where nothing of it may be left at run time. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  ports: [],
  'storage-keys': [],
  wire: [],
  localization: [],
  messages: ['ports', 'localization'],
  assurance: ['ports', 'storage-keys'],
  http: ['ports', 'storage-keys', 'localization', 'type config', 'type wire'],
  session: MIDDLE,
  factors: MIDDLE,
  accounts: [...MIDDLE, 'factors'],
  jobs: [...MIDDLE, ...WORDS, 'factors'],
  interaction: [...MIDDLE, ...WORDS, 'type wire', 'session', 'factors', 'accounts', 'jobs'],
  'interaction-public': ['interaction', 'type wire'],
  pages: ['ports', 'localization'],
  oidc: [...OUTER, 'localization'],
  'oidc-public': ['oidc'],
  gate: OUTER,
  portal: [...OUTER, ...WORDS],
  admin: [...OUTER, ...WORDS, 'oidc-public'],
  config: ['assurance', 'http', 'ports'],
  adapters: ['ports', 'storage-keys', 'type config'],
  app: [...OUTER, 'localization', 'oidc', 'oidc-public', 'gate', 'portal', 'admin'],
  cloudflare: ['app', 'config', 'adapters', 'http', 'ports'],
  deno: ['app', 'config', 'adapters', 'http', 'ports'],
  cli: ['adapters', 'config', 'http', 'ports'],
};

/** Packages by the parts that may use them; whoever is not listed uses none. */
const PACKAGES: readonly (readonly [package_: RegExp, parts: readonly string[]])[] = [
  [/^(@upstash\/|resend$|node:|cloudflare:)/, ['adapters', 'cloudflare', 'deno', 'cli']],
  [
    /^hono(\/|$)/,
    ['http', 'session', 'messages', 'jobs', 'interaction', 'pages', 'oidc', 'gate', 'portal', 'admin', 'app'],
  ],
  [
    /^jose$/,
    [
      'session',
      'factors',
      'accounts',
      'jobs',
      'interaction',
      'oidc',
      'admin',
      'portal',
      'config',
      'adapters',
      'cli',
    ],
  ],
  [/^valibot$/, ['assurance', 'http', 'interaction', 'portal', 'admin', 'config', 'cli']],
  [/^libphonenumber-js\/max$/, ['config', 'factors']],
  [/^(otplib|uqr)$/, ['factors']],
];

/** Names the part of the worker that a path belongs to; `undefined` outside the worker. */
function partOf(path: string): string | undefined {
  if (!path.startsWith('worker/')) return undefined;
  if (/^worker\/interaction\/(account-|admin-|policy-)?wire\.ts$/.test(path)) return 'wire';
  if (path === 'worker/interaction/public.ts') return 'interaction-public';
  if (path === 'worker/oidc/public.ts') return 'oidc-public';
  return path.split('/')[1]?.replace(/\.ts$/, '');
}

function mayImport(from: string, to: string, typeOnly: boolean): boolean {
  // A public file is its folder's own.
  if (from === to || to.replace('-public', '') === from) return true;
  if (from === 'interaction' && to === 'wire') return typeOnly;
  const allowed = MAY_IMPORT[from] ?? [];
  return allowed.includes(to) || (typeOnly && allowed.includes(`type ${to}`));
}

/** Makes a rule that looks at each import alone. */
function eachImport(
  breaks: (source: Source, imported: Import) => boolean,
): (sources: readonly Source[]) => string[] {
  return (sources) =>
    sources.flatMap((source) =>
      source.imports
        .filter((imported) => breaks(source, imported))
        .map(({ line, specifier }) => `${source.path}:${line} imports ${specifier}`),
    );
}

/** Part of both builds, so whatever they import would be too. */
const SHARED_WITH_SCREENS: readonly string[] = [
  'worker/localization/format.ts',
  'worker/localization/language.ts',
];

const isPackage = ({ specifier }: Import): boolean => !specifier.startsWith('.');
const inside = (path: string, ...folders: string[]): boolean =>
  folders.some((folder) => path.startsWith(`${folder}/`));
const factorFolder = (path: string): string | undefined => /^worker\/factors\/([^/]+)\//.exec(path)?.[1];

export const LAYER_RULES: readonly Rule[] = [
  {
    title: 'parts of the worker import downwards only, and other folders by their public file',
    broken: eachImport(({ path }, imported) => {
      const from = partOf(path);
      const to = partOf(imported.target);
      return from !== undefined && to !== undefined && !mayImport(from, to, imported.typeOnly);
    }),
    wrong: [
      ['worker/ports/clock.ts', `import { key } from '../storage-keys.ts';`],
      ['worker/storage-keys.ts', `import type { ClockPort } from './ports/clock.ts';`],
      ['worker/assurance/policy.ts', `import { problem } from '../http/problem.ts';`],
      ['worker/http/service.ts', `import { parseConfig } from '../config.ts';`],
      ['worker/session/session.ts', `import { limit } from '../factors/limits.ts';`],
      ['worker/accounts/account.ts', `export { begin } from '../interaction/public.ts';`],
      ['worker/oidc/token.routes.ts', `import { viewOf } from '../interaction/view.ts';`],
      ['worker/oidc/claims.ts', `import { accountView } from '../portal/own-account.ts';`],
      ['worker/admin/operator.ts', `import { createProvider } from '../oidc/provider.ts';`],
      ['worker/portal/own-account.ts', `import { createProvider } from '../oidc/public.ts';`],
      ['worker/pages/frame.ts', `const config = await import('../config.ts');`],
      ['worker/app.ts', `import { createPorts } from './adapters/ports.ts';`],
      ['worker/new-folder/thing.ts', `import type { ClockPort } from '../ports/clock.ts';`],
      ['worker/localization/en.ts', `import type { NoticeKind } from '../messages/content.ts';`],
      ['worker/messages/mail.ts', `import { issueCsrfToken } from '../http/csrf.ts';`],
      ['worker/accounts/password.ts', `import { wordsOf } from '../localization/words.ts';`],
      ['worker/interaction/wire.ts', `import type { FactorKind } from '../assurance/policy.ts';`],
    ],
    right: [
      ['worker/http/service.ts', `import type { Config } from '../config.ts';`],
      ['worker/http/problem.ts', `import { type Problem } from '../interaction/wire.ts';`],
      ['worker/interaction/journey.ts', `import { limit } from '../factors/limits.ts';`],
      ['worker/admin/operator.ts', `import { createProvider } from '../oidc/public.ts';`],
    ],
  },
  {
    title:
      'only adapters, entries and the command line use vendor SDKs and node:, and the core only libraries for pure work',
    broken: eachImport(({ path }, imported) => {
      const from = partOf(path);
      if (from === undefined || !isPackage(imported) || path.endsWith('.mjs')) return false;
      const rule = PACKAGES.find(([name]) => name.test(imported.specifier));
      return !rule?.[1].includes(from);
    }),
    wrong: [
      ['worker/oidc/token.routes.ts', `import { Redis } from '@upstash/redis/cloudflare';`],
      ['worker/interaction/address.ts', `import { Resend } from 'resend';`],
      ['worker/session/session.ts', `import { createHash } from 'node:crypto';`],
      ['worker/ports/redis.ts', `import type { JWK } from 'jose';`],
      ['worker/jobs/run-jobs.ts', `import { waitUntil } from 'cloudflare:workers';`],
      ['worker/accounts/password.ts', `import something from 'left-pad';`],
    ],
  },
  {
    title: 'factor folders never import each other',
    broken: eachImport(({ path }, { target }) => {
      const [from, to] = [factorFolder(path), factorFolder(target)];
      return from !== undefined && to !== undefined && from !== to;
    }),
    wrong: [['worker/factors/phone/phone.factor.ts', `import { totp } from '../totp/totp.factor.ts';`]],
    right: [['worker/factors/totp/totp.factor.ts', `import type { Factor } from '../factor.ts';`]],
  },
  {
    title:
      'the package knows nothing of the worker but the shapes of its JSON and how texts are put together',
    broken: eachImport(
      ({ path }, { target, typeOnly }) =>
        inside(path, 'backoffice-plugin') &&
        inside(target, 'worker') &&
        !(target === 'worker/interaction/wire.ts' && typeOnly) &&
        !SHARED_WITH_SCREENS.includes(target),
    ),
    wrong: [
      ['backoffice-plugin/elements/fields.ts', `import { bodies } from '../../worker/interaction/wire.ts';`],
      ['backoffice-plugin/api/client.ts', `import type { Config } from '../../worker/config.ts';`],
      ['backoffice-plugin/elements/fields.ts', `import { en } from '../../worker/localization/en.ts';`],
    ],
    right: [
      [
        'backoffice-plugin/localization/localize.ts',
        `import { fill } from '../../worker/localization/format.ts';`,
      ],
      ['backoffice-plugin/api/client.ts', `import type { Problem } from '../../worker/interaction/wire.ts';`],
    ],
  },
  {
    title: 'what the screens share with the service imports nothing',
    broken: eachImport(({ path }) => SHARED_WITH_SCREENS.includes(path)),
    wrong: [['worker/localization/format.ts', `import { en } from './en.ts';`]],
  },
  {
    title: 'elements import only lit, UUI and the package’s own folders',
    broken: eachImport(
      (source, imported) =>
        inside(source.path, 'backoffice-plugin/elements', 'backoffice-plugin/administration') &&
        isPackage(imported) &&
        !/^(lit|@umbraco-ui\/uui)(\/|$)/.test(imported.specifier),
    ),
    wrong: [
      [
        'backoffice-plugin/elements/screen.ts',
        `import { UmbLitElement } from '@umbraco-cms/backoffice/lit-element';`,
      ],
    ],
    right: [['backoffice-plugin/administration/page.ts', `import { LitElement } from 'lit';`]],
  },
  {
    title: 'nothing imports test/ but test/',
    broken: eachImport(({ path }, { target }) => inside(target, 'test') && !inside(path, 'test')),
    wrong: [['worker/deno.ts', `import { startWorld } from '../test/world/world.ts';`]],
    right: [['test/world/start.ts', `import { startWorld } from './world.ts';`]],
  },
  {
    title: 'relative imports carry their ending',
    broken: eachImport(
      (_source, { specifier }) =>
        specifier.startsWith('.') && !/\.(ts|mjs|js|css|json|svg|wasm)(\?\w+)?$/.test(specifier),
    ),
    wrong: [['worker/app.ts', `import { parseConfig } from './config';`]],
  },
];
