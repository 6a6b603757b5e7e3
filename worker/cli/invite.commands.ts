import { type AdminClient, Refused } from './admin-client.ts';
import type { Command, Given } from './command.ts';
import { memberName, organizationFor, pathIn } from './lookup.ts';
import { bulkReport, invites, madeInvite } from './shapes.ts';
import { moment, printable, table, understood } from './text.ts';
import { fileText, oneOf, ROLES } from './typed.ts';

export const INVITE_COMMANDS: readonly Command[] = [
  {
    name: 'invite list',
    may: ['org'],
    json: true,
    about: 'Lists the invitations that nobody has taken up yet.',
    read:
      ({ values }) =>
      async ({ admin }) => {
        const organization = await organizationFor(admin, values.org);
        const answer = await admin.ask({ method: 'GET', path: pathIn(organization, ['invites']) });
        return { answer, lines: () => describeAll(answer) };
      },
  },
  {
    name: 'invite create',
    positionals: ['<email>'],
    needs: ['name'],
    may: ['role', 'org'],
    json: true,
    about: 'Invites somebody by mail. The link works once.',
    read: ({ first: email, values: { name, org, role: given } }: Given) => {
      const role = oneOf(ROLES, given ?? 'member', '--role');
      return async ({ admin }) => {
        const organization = await organizationFor(admin, org);
        const path = pathIn(organization, ['invites']);
        const answer = await admin.ask({ method: 'POST', path, body: { email, name, role } });
        return { answer, lines: () => describeMade(organization, answer) };
      };
    },
  },
  {
    name: 'invite bulk',
    positionals: ['<file.csv>'],
    may: ['org'],
    json: true,
    about:
      'Invites everybody in a CSV file (email,name,role; - for standard input). Good lines are invited, bad ones are listed, and then the exit code is 1.',
    read:
      ({ first: file, values }) =>
      async (tools) => {
        const csv = await fileText(file, tools);
        const organization = await organizationFor(tools.admin, values.org);
        const path = pathIn(organization, ['invites', 'bulk']);
        const answer = await tools.admin.ask({ method: 'POST', path, body: { csv } });
        const { invited, problems } = understood(bulkReport, answer);
        return {
          answer,
          code: problems.length > 0 ? 1 : 0,
          lines: () => [
            `${invited} ${invited === 1 ? 'person was' : 'people were'} invited.`,
            ...problems.map(({ line, message }) => printable(`Line ${line}: ${message}`)),
          ],
        };
      },
  },
  {
    name: 'invite resend',
    positionals: ['<member>'],
    may: ['org'],
    json: true,
    about: 'Mails a new link; the old one is void.',
    read: ({ first, values }: Given) => {
      const typed = memberName(first);
      return async ({ admin }) => {
        const { organization, invite } = await findInvite(admin, typed, values.org);
        const path = pathIn(organization, ['invites', invite.sub, 'resend']);
        const answer = await admin.ask({ method: 'POST', path, body: {} });
        return { answer, lines: () => [printable(`A new link for ${invite.email} is on its way by mail.`)] };
      };
    },
  },
  {
    name: 'invite revoke',
    positionals: ['<member>'],
    may: ['org'],
    destroys: true,
    json: true,
    about: 'Takes an invitation back; its link is void.',
    read: ({ first, values }: Given) => {
      const typed = memberName(first);
      return async ({ admin, confirm }) => {
        const { organization, invite } = await findInvite(admin, typed, values.org);
        await confirm(
          `This takes the invitation of ${invite.name} <${invite.email}> to ${organization} back.`,
          {
            called: 'address',
            word: invite.email,
          },
        );
        const path = pathIn(organization, ['invites', invite.sub, 'revoke']);
        const answer = await admin.ask({ method: 'POST', path, body: {} });
        return { answer, lines: () => [printable(`The invitation of ${invite.email} was taken back.`)] };
      };
    },
  },
];

async function findInvite(
  admin: AdminClient,
  typed: string,
  given: string | undefined,
): Promise<{ readonly organization: string; readonly invite: { sub: string; email: string; name: string } }> {
  const organization = await organizationFor(admin, given);
  const answer = await admin.ask({ method: 'GET', path: pathIn(organization, ['invites']) });
  const address = typed.normalize('NFC').toLowerCase();
  const invite = understood(invites, answer).invites.find(
    ({ sub, email }) => sub === typed || email.toLowerCase() === address,
  );
  if (invite) return { organization, invite };
  throw new Refused([
    `Nobody is invited to ${organization} as ${typed}.`,
    'npx penumbra invite list shows who is.',
  ]);
}

function describeMade(organization: string, answer: unknown): string[] {
  const { email, role, expiresAt } = understood(madeInvite, answer);
  return [
    printable(`${email} is invited to ${organization} as ${role}.`),
    `A link is on its way by mail. It is good until ${moment(expiresAt)}.`,
  ];
}

function describeAll(answer: unknown): string[] {
  const all = understood(invites, answer).invites;
  if (all.length === 0) return ['There are no invitations.'];
  return table(
    ['EMAIL', 'NAME', 'ROLE', 'INVITED', 'GOOD UNTIL'],
    all.map(({ email, name, role, invitedAt, expiresAt }) => [
      ...[email, name, role],
      ...[moment(invitedAt), moment(expiresAt)],
    ]),
  );
}
