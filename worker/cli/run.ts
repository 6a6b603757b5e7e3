// The `penumbra` command line: parses, makes keys here or asks the admin API, prints. It never touches the store.
import * as v from 'valibot';
import { connectAdmin, Refused, type AdminClient } from './admin-client.ts';
import { describeAnswer, printable, understood } from './answer.ts';
import { HELP, parseCommandLine, type Command, type OfflineCommand } from './command-line.ts';
import { createKeys, describeKeys, UnusableFolder, writeKeys } from './new-keys.ts';
import { findOperator, OperatorMissing } from './operator.ts';
import { hashSecret, UnusableSecret } from './secret-hash.ts';

export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The repository's root folder. */
  readonly root: string;
  /** Reads standard input to its end. */
  readonly input: () => Promise<string>;
  readonly out: (line: string) => void;
  readonly fail: (line: string) => void;
}

/** Runs one command and gives the exit code: 0 done, 1 refused or not reached, 2 used wrongly. */
export async function run(argv: readonly string[], surroundings: Surroundings): Promise<0 | 1 | 2> {
  const { env, root, input, out, fail } = surroundings;
  const line = parseCommandLine(argv);
  if (line.kind === 'help') {
    out(HELP);
    return 0;
  }
  if (line.kind === 'mistake') {
    fail(`penumbra: ${line.message}`);
    fail('Run npx penumbra --help to see what there is.');
    return 2;
  }
  try {
    if (line.kind === 'offline') {
      for (const text of await carryOutHere(line.command, input)) out(text);
      return 0;
    }
    const operator = await findOperator(env, root);
    const answer = await carryOut(await connectAdmin(operator), line.command);
    const lines = line.json ? [JSON.stringify(answer, undefined, 2)] : describeAnswer(line.command, answer);
    for (const text of lines) out(text);
    return 0;
  } catch (error) {
    if (
      error instanceof OperatorMissing ||
      error instanceof UnusableFolder ||
      error instanceof UnusableSecret
    ) {
      fail(`penumbra: ${error.message}`);
      return 2;
    }
    if (!(error instanceof Refused)) throw error;
    for (const [index, text] of error.lines.entries())
      fail((index === 0 ? 'penumbra: ' : '  ') + printable(text));
    return 1;
  }
}

async function carryOutHere(command: OfflineCommand, input: () => Promise<string>): Promise<string[]> {
  switch (command.kind) {
    case 'keys create': {
      const keys = await createKeys(command.operator, new Date());
      await writeKeys(command.folder, keys);
      return describeKeys(command.folder, keys);
    }
    case 'secret-hash':
      return [hashSecret(await input())];
  }
}

function carryOut(admin: AdminClient, command: Command): Promise<unknown> {
  switch (command.kind) {
    case 'org create':
      return admin({ method: 'POST', path: 'organizations', body: { id: command.id, name: command.name } });
    case 'member create': {
      const { organization, email, name, role } = command;
      return admin({ method: 'POST', path: 'members', body: { organization, email, name, role } });
    }
    case 'member list':
      return listMembers(admin, command.organization);
    case 'site create':
      return admin({
        method: 'POST',
        path: 'sites',
        body: {
          organization: command.organization,
          name: command.name,
          redirect_uris: command.redirectUris,
          post_logout_redirect_uris: command.postLogoutRedirectUris,
          public: command.isPublic,
        },
      });
  }
}

const page = v.object({ total: v.number(), members: v.array(v.unknown()) });

/** The service gives members by pages. */
async function listMembers(admin: AdminClient, organization: string): Promise<unknown> {
  const members: unknown[] = [];
  for (;;) {
    const query = new URLSearchParams({ organization, offset: String(members.length) });
    const answer = understood(page, await admin({ method: 'GET', path: `members?${query.toString()}` }));
    members.push(...answer.members);
    if (answer.members.length === 0 || members.length >= answer.total) return { members };
  }
}
