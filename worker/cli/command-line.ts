import { parseArgs } from 'node:util';

export const ROLES = ['member', 'admin', 'owner'] as const;
export type Role = (typeof ROLES)[number];

/** What is asked of the service, checked as far as it can be without it. */
export type Command =
  | { readonly kind: 'org create'; readonly id: string; readonly name: string }
  | {
      readonly kind: 'member create';
      readonly email: string;
      readonly organization: string;
      readonly name: string;
      readonly role: Role;
    }
  | { readonly kind: 'member list'; readonly organization: string }
  | {
      readonly kind: 'site create';
      readonly organization: string;
      readonly name: string;
      readonly redirectUris: readonly string[];
      readonly postLogoutRedirectUris: readonly string[];
      readonly isPublic: boolean;
    };

/** What is done on this machine alone: no service, no network. */
export type OfflineCommand =
  | { readonly kind: 'keys create'; readonly folder: string; readonly operator: string }
  | { readonly kind: 'secret-hash' };

export type CommandLine =
  | { readonly kind: 'run'; readonly command: Command; readonly json: boolean }
  | { readonly kind: 'offline'; readonly command: OfflineCommand }
  | { readonly kind: 'help' }
  | { readonly kind: 'mistake'; readonly message: string };

export const HELP = `Manages a Penumbra service: its keys before the first deployment, then organisations, members and sites.

Usage: npx penumbra <command> [options]

On this machine alone, without the service:

  keys create --out <folder> [--operator <name>]
      Makes the keys of a new service: root key, signing key, operator key. Writes them into a folder that is new
      or empty, and prints what to put where. The operator's name is "operator" unless given; logs show it.

  secret-hash
      Reads a site's secret from standard input and prints its client_secret_sha256 for PENUMBRA_CLIENTS, for a
      site that is registered in the configuration and not by site create.

At a running service, with the operator's key:

  org create <id> --name <name>
      Creates an organisation. The id is made of small letters, digits and hyphens.

  member create <email> --org <id> --name <name> [--role member|admin|owner]
      Creates a member and mails a link to set the password.

  member list --org <id>
      Lists the members of an organisation, with their roles and second factors.

  site create --org <id> --name <name> --redirect-uri <url> [--redirect-uri <url> ...]
              [--post-logout-redirect-uri <url> ...] [--public]
      Registers a site. Prints its client_id and, unless it is public, its secret: this once.

Options:
  --json       Print the service's answer as JSON.
  -h, --help   Show this.

The service and the operator's key are those of the local world (.penumbra/operator.json) unless these are set:
  PENUMBRA_URL                the address of the service
  PENUMBRA_OPERATOR_KEY_FILE  a file with the operator's private key as JWK
  PENUMBRA_ISSUER             the issuer, where it is not the origin of PENUMBRA_URL

Exit codes: 0 done, 1 refused or not reached, 2 used wrongly (nothing was sent or written).`;

const OPTIONS = {
  name: { type: 'string' },
  org: { type: 'string' },
  role: { type: 'string' },
  'redirect-uri': { type: 'string', multiple: true },
  'post-logout-redirect-uri': { type: 'string', multiple: true },
  public: { type: 'boolean' },
  out: { type: 'string' },
  operator: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

type OptionName = keyof typeof OPTIONS;

type Kind = Command['kind'] | OfflineCommand['kind'];

/** What each command takes: how its one positional is called, if it has one, and its options. */
const SHAPES: Readonly<Record<Kind, { positional?: string; needs: OptionName[]; may: OptionName[] }>> = {
  'keys create': { needs: ['out'], may: ['operator'] },
  'secret-hash': { needs: [], may: [] },
  'org create': { positional: '<id>', needs: ['name'], may: ['json'] },
  'member create': { positional: '<email>', needs: ['org', 'name'], may: ['role', 'json'] },
  'member list': { needs: ['org'], may: ['json'] },
  'site create': {
    needs: ['org', 'name', 'redirect-uri'],
    may: ['post-logout-redirect-uri', 'public', 'json'],
  },
};

/** Parses the arguments after the program's name. */
export function parseCommandLine(argv: readonly string[]): CommandLine {
  try {
    return read(argv);
  } catch (error) {
    if (error instanceof TypeError) return { kind: 'mistake', message: error.message };
    throw error;
  }
}

function read(argv: readonly string[]): CommandLine {
  const { values, positionals } = parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true });
  if (values.help || argv.length === 0) return { kind: 'help' };
  const [noun = '', verb, first, ...extra] = positionals;
  // What follows is not repeated: it may be the secret.
  if (noun === 'secret-hash' && verb !== undefined) {
    return mistake('secret-hash reads the secret from standard input: an argument stays in the history.');
  }
  const kind = verb === undefined ? noun : `${noun} ${verb}`;
  if (!isKind(kind)) return mistake(`There is no command "${kind}".`);
  const shape = SHAPES[kind];
  if (shape.positional !== undefined && !first) return mistake(`${kind} needs ${shape.positional}.`);
  const surplus = shape.positional === undefined ? first : extra[0];
  if (surplus !== undefined) return mistake(`${kind} does not take "${surplus}".`);
  for (const name of shape.needs) {
    const value = values[name];
    if (value === undefined || value === '') return mistake(`${kind} needs --${name}.`);
  }
  for (const name of Object.keys(values) as OptionName[]) {
    if (!shape.needs.includes(name) && !shape.may.includes(name)) {
      return mistake(`${kind} does not take --${name}.`);
    }
  }
  const role = ROLES.find((known) => known === (values.role ?? 'member'));
  if (!role) return mistake(`--role is one of ${ROLES.join(', ')}.`);
  const operator = values.operator ?? 'operator';
  // As PENUMBRA_OPERATOR_KEYS wants a kid.
  if (!/^[A-Za-z0-9._-]{1,64}$/.test(operator)) {
    return mistake('--operator is 1 to 64 letters, digits, dots, hyphens and underscores.');
  }
  const common = { organization: values.org ?? '', name: values.name ?? '' };
  const commands: Readonly<Record<Kind, () => CommandLine>> = {
    'keys create': () => offline({ kind: 'keys create', folder: values.out ?? '', operator }),
    'secret-hash': () => offline({ kind: 'secret-hash' }),
    'org create': () => online({ kind: 'org create', id: first ?? '', name: common.name }),
    'member create': () => online({ kind: 'member create', email: first ?? '', ...common, role }),
    'member list': () => online({ kind: 'member list', organization: common.organization }),
    'site create': () =>
      online({
        kind: 'site create',
        ...common,
        redirectUris: values['redirect-uri'] ?? [],
        postLogoutRedirectUris: values['post-logout-redirect-uri'] ?? [],
        isPublic: values.public ?? false,
      }),
  };
  return commands[kind]();

  function online(command: Command): CommandLine {
    return { kind: 'run', command, json: values.json ?? false };
  }
}

function isKind(text: string): text is Kind {
  return Object.hasOwn(SHAPES, text);
}

function offline(command: OfflineCommand): CommandLine {
  return { kind: 'offline', command };
}

function mistake(message: string): CommandLine {
  return { kind: 'mistake', message };
}
