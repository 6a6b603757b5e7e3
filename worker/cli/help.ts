import type { Command } from './command.ts';
import { ALL_COMMANDS, GROUPS } from './commands.ts';
import { OPTIONS, type OptionName } from './options.ts';

const WIDTH = 110;

const FOOT = [
  "The service and the operator's key are those of the local world (.penumbra/operator.json) unless these are set:",
  '  PENUMBRA_URL                the address of the service',
  "  PENUMBRA_OPERATOR_KEY_FILE  a file with the operator's private key as JWK",
  '  PENUMBRA_ISSUER             the issuer, where it is not the origin of PENUMBRA_URL',
  '',
  'Exit codes: 0 done, 1 refused or not reached, 2 used wrongly (nothing was sent or written).',
];

/** Gives the help for the whole, for a group (`member`) or for one command (`member list`). */
export function helpFor(words: readonly string[]): readonly string[] {
  const [noun = '', verb] = words;
  const inGroup = ALL_COMMANDS.filter(({ name }) => name === noun || name.startsWith(`${noun} `));
  if (inGroup.length === 0) return wholeHelp();
  const exact = inGroup.filter(({ name }) => name === noun || name === `${noun} ${verb ?? ''}`);
  return detailedHelp(exact.length > 0 ? exact : inGroup);
}

function wholeHelp(): string[] {
  const groups = GROUPS.flatMap(({ title, commands }) => [
    `${title}:`,
    '',
    ...commands.flatMap((command) => usage(command, '  ')),
    '',
  ]);
  return [
    'Manages a Penumbra service: its keys before the first deployment, then organisations and all that is in them.',
    '',
    'Usage: npx penumbra <command> [options]',
    '',
    ...groups,
    'A <member> is an email address or the "sub" of an account. Destructive commands ask first; without a terminal',
    'they need --yes.',
    '',
    ...describeOptions(['json', 'help']),
    '',
    ...FOOT,
    '',
    'npx penumbra member --help, npx penumbra member list --help: what a group or one command does.',
  ];
}

function detailedHelp(commands: readonly Command[]): string[] {
  const described = commands.flatMap((command) => [
    ...usage(command, 'npx penumbra '),
    ...wrapped(command.about.split(' '), '    ', '    '),
    '',
  ]);
  const options = commands.flatMap(optionsOf);
  const used = (Object.keys(OPTIONS) as OptionName[]).filter((name) => options.includes(name));
  return [...described, ...describeOptions([...used, 'help']), '', ...FOOT];
}

/** Lists the options that a command takes, in the order in which they are shown. */
export function optionsOf(command: Command): readonly OptionName[] {
  const { needs = [], may = [], destroys, json } = command;
  return [...needs, ...may, ...(destroys ? ['yes' as const] : []), ...(json ? ['json' as const] : [])];
}

function usage(command: Command, indent: string): string[] {
  const needs = (command.needs ?? []).map(written);
  const others = optionsOf(command).slice(needs.length);
  const parts = [
    command.name,
    ...(command.positionals ?? []),
    ...needs,
    ...others.map((o) => `[${written(o)}]`),
  ];
  return wrapped(parts, indent, ' '.repeat(indent.length + 4));
}

function written(name: OptionName): string {
  const option = OPTIONS[name];
  return 'hint' in option ? `--${name} ${option.hint}` : `--${name}`;
}

function describeOptions(names: readonly OptionName[]): string[] {
  const rows = names.map((name) => {
    const option = OPTIONS[name];
    return [`${'short' in option ? `-${option.short}, ` : ''}${written(name)}`, option.about] as const;
  });
  const width = Math.max(...rows.map(([left]) => left.length));
  const indent = ' '.repeat(width + 4);
  return [
    'Options:',
    ...rows.flatMap(([left, about]) => wrapped(about.split(' '), `  ${left.padEnd(width)}  `, indent)),
  ];
}

/** Puts parts one after another and breaks the line between them where it would be too long. */
function wrapped(parts: readonly string[], first: string, others: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const part of parts) {
    const start = lines.length === 0 ? first : others;
    if (line !== '' && start.length + line.length + 1 + part.length > WIDTH) {
      lines.push(start + line);
      line = part;
    } else {
      line = line === '' ? part : `${line} ${part}`;
    }
  }
  lines.push((lines.length === 0 ? first : others) + line);
  return lines;
}
