// Every option that any command takes: its type, how its value is written and what it means.
import type { parseArgs } from 'node:util';

export const OPTIONS = {
  org: { type: 'string', hint: '<id>', about: 'The organisation; may be left out where there is only one.' },
  name: { type: 'string', hint: '<name>', about: 'The name, as people see it.' },
  role: { type: 'string', hint: 'member|admin|owner', about: 'The role; member unless given.' },
  filter: {
    type: 'string',
    hint: '<filter>',
    about:
      'One of all, no_factor, weak, totp, phone, email, invited, exempt, locked, suspended, administrators, needs_help.',
  },
  search: { type: 'string', hint: '<text>', about: 'Only those whose name or address begins with this.' },
  sort: { type: 'string', hint: 'name|last_sign_in', about: 'The order; name unless given.' },
  reason: { type: 'string', hint: '<text>', about: 'Why. It is kept in the audit trail.' },
  until: {
    type: 'string',
    hint: '<day>',
    about: 'A day such as 2027-01-31 (0:00 UTC), or a moment such as 2027-01-31T15:00Z.',
  },
  end: { type: 'boolean', about: 'Ends it now.' },
  factor: { type: 'string', hint: '<factor>', about: 'One factor, by its id or name; all unless given.' },
  minutes: { type: 'string', hint: '<number>', about: 'From 10 to 480; 60 unless given.' },
  site: { type: 'string', hint: '<client_id>', about: 'As this site asks.' },
  member: { type: 'string', hint: '<member>', about: 'Only what this member did, or what was done to them.' },
  group: {
    type: 'string',
    hint: '<group>',
    about: 'One of sign_in, factor, account, policy, admin, message, site, other.',
  },
  from: { type: 'string', hint: '<day>', about: 'From this day or moment on.' },
  to: { type: 'string', hint: '<day>', about: 'To the end of this day, or to this moment.' },
  limit: { type: 'string', hint: '<number>', about: 'How many at most, newest first; 100 unless given.' },
  format: { type: 'string', hint: 'csv|jsonl', about: 'How the file is written.' },
  out: { type: 'string', hint: '<path>', about: 'Where to write to. No file is overwritten.' },
  'redirect-uri': {
    type: 'string',
    multiple: true,
    hint: '<url>',
    about: 'Where a sign-in may return to. May be given several times.',
  },
  'post-logout-redirect-uri': {
    type: 'string',
    multiple: true,
    hint: '<url>',
    about: 'Where a sign-out may return to. May be given several times.',
  },
  public: { type: 'boolean', about: 'The site can keep no secret, so it gets none.' },
  access: { type: 'string', hint: 'members|listed', about: 'Who may use the site.' },
  listed: {
    type: 'string',
    multiple: true,
    hint: '<member>',
    about: 'A member who may use the site. May be given several times; replaces the list.',
  },
  policy: {
    type: 'string',
    hint: '<file>',
    about: 'A file with what the site demands, as JSON; - for input.',
  },
  operator: {
    type: 'string',
    hint: '<name>',
    about: 'Whose key it is; logs show it. "operator" unless given.',
  },
  for: { type: 'string', hint: 'cloudflare|deno', about: 'Where the service is to run.' },
  issuer: { type: 'string', hint: '<url>', about: 'Address of the service: https://login.example.com.' },
  'mail-from': { type: 'string', hint: '<sender>', about: 'Penumbra <login@example.com>.' },
  'redis-url': { type: 'string', hint: '<url>', about: 'REST address of the database.' },
  url: { type: 'string', hint: '<url>', about: 'A service that runs with these keys.' },
  'org-name': { type: 'string', hint: '<name>', about: 'Name of the first organisation.' },
  owner: { type: 'string', hint: '<email>', about: 'Address of its owner.' },
  'owner-name': { type: 'string', hint: '<name>', about: 'Name of its owner.' },
  yes: { type: 'boolean', about: 'Do not ask; needed where there is no terminal.' },
  json: { type: 'boolean', about: "Print the service's answer as JSON." },
  help: { type: 'boolean', short: 'h', about: 'Show what there is, of a group or a command.' },
} as const;

export type OptionName = keyof typeof OPTIONS;

export type Values = ReturnType<
  typeof parseArgs<{ options: typeof OPTIONS; allowPositionals: true }>
>['values'];
