import { parseArgs } from 'node:util';
import { type Command, type Given, UsedWrongly } from './command.ts';
import { ALL_COMMANDS } from './commands.ts';
import { helpFor, optionsOf } from './help.ts';
import { OPTIONS, type OptionName, type Values } from './options.ts';

export type CommandLine =
  | {
      readonly kind: 'run';
      readonly command: Command;
      readonly perform: ReturnType<Command['read']>;
      readonly yes: boolean;
      readonly json: boolean;
    }
  | { readonly kind: 'help'; readonly lines: readonly string[] };

/**
 * Parses the arguments after the program's name.
 * @throws UsedWrongly
 */
export function parseCommandLine(argv: readonly string[]): CommandLine {
  const { values, positionals } = parse(argv);
  if (values.help || argv.length === 0) return { kind: 'help', lines: helpFor(positionals) };
  const { command, rest } = findCommand(positionals);
  checkShape(command, rest, values);
  const given: Given = { first: rest[0] ?? '', second: rest[1] ?? '', values };
  return {
    kind: 'run',
    command,
    perform: command.read(given),
    yes: values.yes ?? false,
    json: values.json ?? false,
  };
}

function parse(argv: readonly string[]): {
  readonly values: Values;
  readonly positionals: readonly string[];
} {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    if (error instanceof TypeError) throw new UsedWrongly(error.message);
    throw error;
  }
}

function findCommand(positionals: readonly string[]): {
  readonly command: Command;
  readonly rest: readonly string[];
} {
  const [noun = '', verb] = positionals;
  const alone = ALL_COMMANDS.find(({ name }) => name === noun);
  if (alone) return { command: alone, rest: positionals.slice(1) };
  const name = verb === undefined ? noun : `${noun} ${verb}`;
  const command = ALL_COMMANDS.find((one) => one.name === name);
  if (command) return { command, rest: positionals.slice(2) };
  const verbs = ALL_COMMANDS.map((one) => one.name.split(' ')).filter(([first]) => first === noun);
  const known = verbs.map(([, second]) => second).join(', ');
  throw new UsedWrongly(
    `There is no command "${name}".${known === '' ? '' : ` With ${noun} there are: ${known}.`}`,
  );
}

function checkShape(command: Command, rest: readonly string[], values: Values): void {
  const { name, positionals = [], needs = [] } = command;
  // What follows is not repeated: it may be the secret.
  if (name === 'secret-hash' && rest.length > 0) {
    throw new UsedWrongly(
      'secret-hash reads the secret from standard input: an argument stays in the history.',
    );
  }
  for (const [index, called] of positionals.entries()) {
    if (!rest[index]) throw new UsedWrongly(`${name} needs ${called}.`);
  }
  const surplus = rest[positionals.length];
  if (surplus !== undefined) throw new UsedWrongly(`${name} does not take "${surplus}".`);
  for (const option of needs) {
    const value = values[option];
    if (value === undefined || value === '') throw new UsedWrongly(`${name} needs --${option}.`);
  }
  const taken = optionsOf(command);
  for (const option of Object.keys(values) as OptionName[]) {
    if (!taken.includes(option)) throw new UsedWrongly(`${name} does not take --${option}.`);
  }
}
