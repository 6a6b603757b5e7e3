import type { AdminClient } from './admin-client.ts';
import type { Command, Given } from './command.ts';
import { outputFor } from './download.ts';
import { allMembers, findMember, memberName, organizationFor, organizationIds, pathIn } from './lookup.ts';
import { describeMembers, describeView } from './member-text.ts';
import { madeMember, type Member } from './shapes.ts';
import { printable, understood } from './text.ts';
import { oneOf, ROLES } from './typed.ts';

const FILTERS = [
  ...['all', 'no_factor', 'weak', 'totp', 'phone', 'email', 'invited', 'exempt', 'locked'],
  ...['suspended', 'administrators', 'needs_help'],
];

export const MEMBER_COMMANDS: readonly Command[] = [
  {
    name: 'member list',
    may: ['org', 'filter', 'search', 'sort'],
    json: true,
    about:
      'Lists members with their roles and second factors: of one organisation, or of all that the key may see.',
    read: ({ values }: Given) => {
      const filter = oneOf(FILTERS, values.filter, '--filter');
      const sort = oneOf(['name', 'last_sign_in'], values.sort, '--sort');
      const { org, search } = values;
      return async ({ admin }) => {
        const { answer, rows } = await listMembers(admin, org, { filter, search, sort });
        return { answer, lines: () => describeMembers(rows, org === undefined) };
      };
    },
  },
  {
    name: 'member show',
    positionals: ['<member>'],
    may: ['org'],
    json: true,
    about: 'Shows a member: factors, sessions, exemption, and what waits to be done.',
    read: ({ first, values }: Given) => {
      const typed = memberName(first);
      return async ({ admin, now }) => {
        const { organization, sub } = await findMember(admin, typed, values.org);
        const answer = await admin.ask({ method: 'GET', path: pathIn(organization, ['members', sub]) });
        return { answer, lines: () => describeView(organization, answer, now) };
      };
    },
  },
  {
    name: 'member export',
    may: ['org', 'filter', 'search', 'out'],
    about: 'Writes the members as CSV to standard output, or to a file that is not there yet.',
    read: ({ values }: Given) => {
      const filter = oneOf(FILTERS, values.filter, '--filter');
      const { org, search, out } = values;
      return async (tools) => {
        const output = await outputFor(out, tools);
        return output.fill(async (write) => {
          const organization = await organizationFor(tools.admin, org);
          await tools.admin.download(pathIn(organization, ['members.csv'], { filter, search }), write);
        });
      };
    },
  },
  {
    name: 'member create',
    positionals: ['<email>'],
    needs: ['org', 'name'],
    may: ['role'],
    json: true,
    about: 'Creates a member and mails a link to set the password.',
    read: ({ first: email, values }: Given) => {
      const role = oneOf(ROLES, values.role ?? 'member', '--role');
      const { org: organization = '', name } = values;
      return async ({ admin }) => {
        const body = { organization, email, name, role };
        const answer = await admin.ask({ method: 'POST', path: 'members', body });
        return { answer, lines: () => describeMade(organization, answer) };
      };
    },
  },
];

async function listMembers(
  admin: AdminClient,
  organization: string | undefined,
  parameters: Readonly<Record<string, string | undefined>>,
): Promise<{
  readonly answer: object;
  readonly rows: readonly { readonly organization: string; readonly member: Member }[];
}> {
  const among = organization === undefined ? await organizationIds(admin) : [organization];
  const rows: { organization: string; member: Member }[] = [];
  const all: object[] = [];
  for (const one of among) {
    const { answers, members } = await allMembers(admin, one, parameters);
    rows.push(...members.map((member) => ({ organization: one, member })));
    all.push(...answers.map((answer) => ({ organization: one, ...(answer as object) })));
  }
  return { answer: { members: all }, rows };
}

function describeMade(organization: string, answer: unknown): string[] {
  const { email, role, mail } = understood(madeMember, answer);
  return [
    printable(`${email} is ${role} of ${organization} now.`),
    mail === 'accepted'
      ? 'A link to set the password is on its way by mail.'
      : 'The mail with the link to set the password could not be sent. Run the same command again to send another.',
  ];
}
