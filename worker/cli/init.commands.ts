import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { connectLater } from './admin-client.ts';
import { type Command, type Tools, UsedWrongly, type Given } from './command.ts';
import { CONFIGURATION_FILES, configurationText, issuerIn, type Platform } from './init-configuration.ts';
import { makeFirst, type First } from './init-service.ts';
import {
  IGNORE_ALL,
  KEY_FILES,
  openFolder,
  operatorText,
  secretsText,
  UnusableFolder,
  writeNew,
} from './key-files.ts';
import { operatorName } from './keys.commands.ts';
import { createKeys, publicKeys } from './new-keys.ts';
import { findOperator, readOperatorKey } from './operator.ts';
import type { OptionName, Values } from './options.ts';
import { printable } from './text.ts';
import { oneOf } from './typed.ts';

export const INIT_COMMANDS: readonly Command[] = [
  {
    name: 'init',
    needs: ['for', 'out'],
    may: ['operator', 'issuer', 'mail-from', 'redis-url', 'url', 'org', 'org-name', 'owner', 'owner-name'],
    about:
      'Makes the keys and writes the configuration of a new service into a folder, and with --url the first organisation and its owner, who gets a link by mail. What is there already is left as it is: run it again to do what is missing. At a terminal it asks for what is not given.',
    read: ({ values }: Given) => {
      const platform = oneOf(['cloudflare', 'deno'], values.for ?? '', '--for');
      const operator = operatorName(values.operator);
      const folder = values.out ?? '';
      return async (tools) => {
        const found = await look(folder, platform);
        const settings = found.configuration === undefined ? await readSettings(values, tools) : undefined;
        const first = values.url === undefined ? undefined : await readFirst(values, tools);
        await prepare(platform, folder, found, settings, operator, tools);
        if (first === undefined || values.url === undefined) {
          return { lines: () => nextSteps(platform, folder, found, values.issuer) };
        }
        const configuration = await textOf(folder, CONFIGURATION_FILES[platform]);
        const env = {
          PENUMBRA_URL: values.url,
          PENUMBRA_OPERATOR_KEY_FILE: join(folder, KEY_FILES.operator),
          PENUMBRA_ISSUER: values.issuer ?? issuerIn(configuration ?? ''),
        };
        const admin = connectLater(() => findOperator(env, tools.root));
        const code = await makeFirst(admin, first, (line) => say(tools, line));
        return { code, lines: () => [] };
      };
    },
  },
];

interface Found {
  readonly secrets: string | undefined;
  readonly hasOperatorKey: boolean;
  readonly configuration: string | undefined;
  readonly isIgnored: boolean;
}

/** Reads what is in the folder: it is new, empty, or one that was made for keys. @throws UnusableFolder */
async function look(folder: string, platform: Platform): Promise<Found> {
  const names = await openFolder(folder);
  const isIgnored = (await textOf(folder, KEY_FILES.ignore)) === IGNORE_ALL;
  if (names.length > 0 && !isIgnored) {
    throw new UnusableFolder(
      `The folder ${folder} holds other things, and a commit could take the keys along. Name a new or an empty folder, or one that keys create made.`,
    );
  }
  return {
    secrets: await textOf(folder, KEY_FILES.secrets),
    hasOperatorKey: names.includes(KEY_FILES.operator),
    configuration: await textOf(folder, CONFIGURATION_FILES[platform]),
    isIgnored,
  };
}

type Typed = Readonly<Record<'issuer' | 'mailFrom' | 'redisUrl', string>>;

async function readSettings(values: Values, tools: Tools): Promise<Typed> {
  return {
    issuer: await given(values, tools, 'issuer', 'Address of the service (https://login.example.com): '),
    mailFrom: await given(values, tools, 'mail-from', 'Sender of mails (Penumbra <login@example.com>): '),
    redisUrl: await given(
      values,
      tools,
      'redis-url',
      'REST address of the database (https://….upstash.io): ',
    ),
  };
}

async function readFirst(values: Values, tools: Tools): Promise<First> {
  return {
    organization: await given(
      values,
      tools,
      'org',
      'Id of the first organisation (small letters, digits, -): ',
    ),
    organizationName: await given(values, tools, 'org-name', 'Its name: '),
    owner: await given(values, tools, 'owner', 'Email address of its owner: '),
    ownerName: await given(values, tools, 'owner-name', "The owner's name: "),
  };
}

type Asked = 'issuer' | 'mail-from' | 'redis-url' | 'org' | 'org-name' | 'owner' | 'owner-name';

/** Gives an option, or asks for it where there is a terminal. @throws UsedWrongly */
async function given(
  values: Values,
  { ask }: Tools,
  name: Asked & OptionName,
  question: string,
): Promise<string> {
  const value = (values[name] ?? (await ask?.(question)) ?? '').trim();
  if (value !== '') return value;
  throw new UsedWrongly(`init needs --${name}.`);
}

/** Writes what is missing of keys and configuration; all of it is checked before anything is written. */
async function prepare(
  platform: Platform,
  folder: string,
  found: Found,
  typed: Typed | undefined,
  operator: string,
  tools: Tools,
): Promise<void> {
  const made = await createKeys(operator, tools.now);
  const secrets = found.secrets ?? secretsText(made.rootKey, made.signingKey);
  const operatorKey = found.hasOperatorKey
    ? await readOperatorKey(join(folder, KEY_FILES.operator))
    : made.operatorKey;
  const operatorKeys = publicKeys({ alg: 'ES256', use: 'sig', ...operatorKey });
  const file = CONFIGURATION_FILES[platform];
  const configuration =
    typed === undefined ? undefined : configurationText(platform, { ...typed, operatorKeys }, secrets);
  const parts = [
    { name: KEY_FILES.ignore, text: found.isIgnored ? undefined : IGNORE_ALL },
    { name: KEY_FILES.secrets, text: found.secrets === undefined ? secrets : undefined },
    { name: KEY_FILES.operator, text: found.hasOperatorKey ? undefined : operatorText(made.operatorKey) },
    { name: file, text: configuration },
  ];
  for (const { name, text } of parts) {
    if (text !== undefined) await writeNew(folder, name, text);
    if (name !== KEY_FILES.ignore) {
      await say(tools, `${text === undefined ? 'there  ' : 'made   '}  ${join(folder, name)}`);
    }
  }
  if (configuration === undefined && !found.hasOperatorKey) {
    await say(tools, `         The operator's key is new, and ${file} does not know it yet. Put this there:`);
    await say(tools, `         PENUMBRA_OPERATOR_KEYS: ${operatorKeys}`);
  }
}

function nextSteps(platform: Platform, folder: string, found: Found, issuer: string | undefined): string[] {
  const secrets = join(folder, KEY_FILES.secrets);
  const file = join(folder, CONFIGURATION_FILES[platform]);
  const url = issuer ?? issuerIn(found.configuration ?? '') ?? 'https://login.example.com';
  const needsTokens = !/^UPSTASH_REDIS_REST_TOKEN=/m.test(found.secrets ?? '');
  const deploy =
    platform === 'cloudflare'
      ? [
          `Put ${file} into wrangler.toml, in the place of all from [env.production] on.`,
          `npx wrangler deploy --env production --secrets-file ${secrets}`,
        ]
      : [`Start the service with --env-file=${secrets} --env-file=${file}: docs/deploying.md, 4b.`];
  const steps = [
    ...(needsTokens ? [`Fill in the tokens of the database and of Resend in ${secrets}.`] : []),
    ...deploy,
    `npx penumbra init --for ${platform} --out ${folder} --url ${url} --org <id> --org-name <name> --owner <email> --owner-name <name>`,
  ];
  return ['', 'Then:', ...steps.map((step, index) => `  ${index + 1}. ${step}`)].map(printable);
}

async function textOf(folder: string, name: string): Promise<string | undefined> {
  return readFile(join(folder, name), 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new UnusableFolder(`The file ${join(folder, name)} can not be read. Check whose it is.`);
  });
}

async function say({ write }: Tools, line: string): Promise<void> {
  await write(`${printable(line)}\n`);
}
