import { parseArgs } from 'node:util';

export const ROLES = ['member', 'admin', 'owner'] as const;
export type Role = (typeof ROLES)[number];

/** What was asked for, checked as far as it can be without the service. */
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

export type CommandLine =
  | { readonly kind: 'run'; readonly command: Command; readonly json: boolean }
  | { readonly kind: 'help' }
  | { readonly kind: 'mistake'; readonly message: string };

export const HELP = `Manages organisations, members and sites of a Penumbra service.

Usage: npx penumbra <command> [options]

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
  --json   Print the service's answer as JSON.
  --help   Show this.

The service and the operator's key are those of the local world (.penumbra/operator.json) unless these are set:
  PENUMBRA_URL                the address of the service
  PENUMBRA_OPERATOR_KEY_FILE  a file with the operator's private key as JWK
  PENUMBRA_ISSUER             the issuer, where it is not the origin of PENUMBRA_URL

Exit codes: 0 done, 1 refused or not reached, 2 used wrongly (nothing was sent).`;

const OPTIONS = {
  name: { type: 'string' },
  org: { type: 'string' },
  role: { type: 'string' },
  'redirect-uri': { type: 'string', multiple: true },
  'post-logout-redirect-uri': { type: 'string', multiple: true },
  public: { type: 'boolean' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

type OptionName = keyof typeof OPTIONS;

/** What each command takes: how its one positional is called, if it has one, and its options. */
const SHAPES: Readonly<
  Record<Command['kind'], { positional?: string; needs: OptionName[]; may: OptionName[] }>
> = {
  'org create': { positional: '<id>', needs: ['name'], may: [] },
  'member create': { positional: '<email>', needs: ['org', 'name'], may: ['role'] },
  'member list': { needs: ['org'], may: [] },
  'site create': { needs: ['org', 'name', 'redirect-uri'], may: ['post-logout-redirect-uri', 'public'] },
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
  const [noun = '', verb = '', first, ...extra] = positionals;
  const kind = `${noun} ${verb}`.trim();
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
    if (name !== 'json' && !shape.needs.includes(name) && !shape.may.includes(name)) {
      return mistake(`${kind} does not take --${name}.`);
    }
  }
  const role = ROLES.find((known) => known === (values.role ?? 'member'));
  if (!role) return mistake(`--role is one of ${ROLES.join(', ')}.`);
  const common = { organization: values.org ?? '', name: values.name ?? '' };
  const commands: Readonly<Record<Command['kind'], () => Command>> = {
    'org create': () => ({ kind: 'org create', id: first ?? '', name: common.name }),
    'member create': () => ({ kind: 'member create', email: first ?? '', ...common, role }),
    'member list': () => ({ kind: 'member list', organization: common.organization }),
    'site create': () => ({
      kind: 'site create',
      ...common,
      redirectUris: values['redirect-uri'] ?? [],
      postLogoutRedirectUris: values['post-logout-redirect-uri'] ?? [],
      isPublic: values.public ?? false,
    }),
  };
  return { kind: 'run', command: commands[kind](), json: values.json ?? false };
}

function isKind(text: string): text is Command['kind'] {
  return Object.hasOwn(SHAPES, text);
}

function mistake(message: string): CommandLine {
  return { kind: 'mistake', message };
}
