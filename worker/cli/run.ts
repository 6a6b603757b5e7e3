// The `penumbra` command line: parses, does what was asked here or at the admin API, prints. It never touches the store.
import { connectLater, Refused } from './admin-client.ts';
import { parseCommandLine, type CommandLine } from './command-line.ts';
import { UsedWrongly, type Tools } from './command.ts';
import { findOperator } from './operator.ts';
import { printable } from './text.ts';

export interface Surroundings extends Omit<Tools, 'admin' | 'confirm' | 'now'> {
  readonly out: (line: string) => void;
  readonly fail: (line: string) => void;
}

/** Runs one command and gives the exit code: 0 done, 1 refused or not reached, 2 used wrongly. */
export async function run(argv: readonly string[], surroundings: Surroundings): Promise<0 | 1 | 2> {
  const { out, fail } = surroundings;
  try {
    const line = parse(argv, fail);
    if (line === undefined) return 2;
    if (line.kind === 'help') {
      for (const text of line.lines) out(text);
      return 0;
    }
    return await perform(line, surroundings);
  } catch (error) {
    if (error instanceof UsedWrongly) {
      fail(`penumbra: ${printable(error.message)}`);
      return 2;
    }
    if (!(error instanceof Refused)) throw error;
    for (const [index, text] of error.lines.entries())
      fail((index === 0 ? 'penumbra: ' : '  ') + printable(text));
    return 1;
  }
}

function parse(argv: readonly string[], fail: Surroundings['fail']): CommandLine | undefined {
  try {
    return parseCommandLine(argv);
  } catch (error) {
    if (!(error instanceof UsedWrongly)) throw error;
    fail(`penumbra: ${printable(error.message)}`);
    fail('Run npx penumbra --help to see what there is.');
    return undefined;
  }
}

async function perform(
  { command, perform, yes, json }: Extract<CommandLine, { kind: 'run' }>,
  surroundings: Surroundings,
): Promise<0 | 1> {
  const { out, fail, ask, ...rest } = surroundings;
  if (command.destroys && !yes && !ask) {
    throw new UsedWrongly(
      `${command.name} destroys something and there is no terminal to ask at: add --yes.`,
    );
  }
  const {
    answer,
    lines,
    code = 0,
  } = await perform({
    ...rest,
    ...(ask ? { ask } : {}),
    now: new Date(),
    admin: connectLater(() => findOperator(rest.env, rest.root)),
    confirm: async (what, { called, word }) => {
      if (yes || !ask) return;
      fail(printable(what));
      const typed = await ask(`Type the ${called} to confirm (${printable(word)}): `);
      if (typed.trim().toLowerCase() !== word.toLowerCase()) {
        throw new Refused(['That is something else. Nothing was done.']);
      }
    },
  });
  for (const text of json ? [JSON.stringify(answer, undefined, 2)] : lines()) out(text);
  return code;
}
