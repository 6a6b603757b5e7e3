import { type AdminClient, Refused } from './admin-client.ts';
import { resetLine } from './approval-text.ts';
import type { Command, Outcome, Tools, Given } from './command.ts';
import { findMember, memberName, organizationFor, pathIn, type Found } from './lookup.ts';
import { changeMember } from './member-change.commands.ts';
import { personIn } from './member-text.ts';
import { memberView, resets, type Reset } from './shapes.ts';
import { moment, printable, table, understood } from './text.ts';

const CARRIED_OUT = 'It is carried out: the next sign-in sets up anew.';

export const RESET_COMMANDS: readonly Command[] = [
  {
    name: 'reset list',
    may: ['org'],
    json: true,
    about: 'Lists the resets that wait, and the members who asked for help.',
    read:
      ({ values }) =>
      async ({ admin }) => {
        const organization = await organizationFor(admin, values.org);
        const answer = await admin.ask({ method: 'GET', path: pathIn(organization, ['resets']) });
        return { answer, lines: () => describeAll(answer) };
      },
  },
  {
    name: 'reset request',
    positionals: ['<member>'],
    needs: ['reason'],
    may: ['factor', 'org'],
    destroys: true,
    json: true,
    about:
      'Asks for a reset of one factor or of all. The member is told at every address and may stop it. Afterwards the next sign-in sets up anew.',
    read: ({ first, values }: Given) => {
      const typed = memberName(first);
      const { reason, factor, org } = values;
      return async ({ admin, confirm }) => {
        const member = await findMember(admin, typed, org);
        const chosen = factor === undefined ? undefined : await findFactor(admin, member, factor);
        const what = chosen === undefined ? 'all factors' : `the factor "${chosen.name}"`;
        await confirm(`This asks for a reset of ${what} of ${personIn(member)}.`, {
          called: 'address',
          word: member.email,
        });
        const path = pathIn(member.organization, ['members', member.sub, 'reset']);
        const body = { reason, ...(chosen === undefined ? {} : { enrollmentId: chosen.enrollmentId }) };
        const answer = await admin.ask({ method: 'POST', path, body });
        return { answer, lines: () => describeAsked(member, answer) };
      };
    },
  },
  {
    name: 'reset approve',
    positionals: ['<id>'],
    may: ['org'],
    destroys: true,
    json: true,
    about: 'Approves a reset that waits. reset list shows the ids.',
    read:
      ({ first: id, values }) =>
      async (tools) => {
        const { organization, reset } = await findReset(tools.admin, id, values.org);
        await tools.confirm(`This approves: ${resetLine(reset)}`, {
          called: 'address',
          word: reset.memberEmail,
        });
        return decide(tools, organization, reset, 'approve');
      },
  },
  {
    name: 'reset cancel',
    positionals: ['<id>'],
    may: ['org'],
    json: true,
    about: 'Cancels a reset that waits.',
    read:
      ({ first: id, values }) =>
      async (tools) => {
        const { organization, reset } = await findReset(tools.admin, id, values.org);
        return decide(tools, organization, reset, 'cancel');
      },
  },
  {
    name: 'reset dismiss',
    positionals: ['<member>'],
    may: ['org'],
    json: true,
    about: 'Marks the call for help of a member as answered.',
    read: ({ first, values }: Given) => {
      const typed = memberName(first);
      return (tools) =>
        changeMember(tools, typed, {
          organization: values.org,
          to: ['help', 'dismiss'],
          body: {},
          done: (member) => `The call for help of ${personIn(member)} is answered.`,
        });
    },
  },
];

async function findFactor(
  admin: AdminClient,
  { organization, sub, email }: Found,
  typed: string,
): Promise<{ readonly enrollmentId: string; readonly name: string }> {
  const view = await admin.ask({ method: 'GET', path: pathIn(organization, ['members', sub]) });
  const { factors } = understood(memberView, view);
  const byId = factors.filter(({ enrollmentId }) => enrollmentId === typed);
  const [only, ...others] = byId.length > 0 ? byId : factors.filter(({ name }) => name === typed);
  if (only === undefined) {
    throw new Refused([
      `${email} has no factor "${typed}".`,
      'npx penumbra member show lists them with their ids.',
    ]);
  }
  if (others.length > 0) {
    throw new Refused([
      `${email} has several factors of the name "${typed}".`,
      'Name one by its id: npx penumbra member show.',
    ]);
  }
  return only;
}

async function findReset(
  admin: AdminClient,
  id: string,
  given: string | undefined,
): Promise<{ readonly organization: string; readonly reset: Reset }> {
  const organization = await organizationFor(admin, given);
  const answer = await admin.ask({ method: 'GET', path: pathIn(organization, ['resets']) });
  const reset = understood(resets, answer).resets.find((one) => one.id === id);
  if (reset) return { organization, reset };
  throw new Refused([
    `No reset ${id} waits in ${organization}.`,
    'npx penumbra reset list shows those that do.',
  ]);
}

async function decide(
  { admin }: Pick<Tools, 'admin'>,
  organization: string,
  { id, memberName: name, memberEmail }: Reset,
  verb: 'approve' | 'cancel',
): Promise<Outcome> {
  const answer = await admin.ask({
    method: 'POST',
    path: pathIn(organization, ['resets', id, verb]),
    body: {},
  });
  return {
    answer,
    lines: () => {
      const still = understood(resets, answer).resets.find((one) => one.id === id);
      const said = verb === 'approve' ? 'approved' : 'cancelled';
      return [
        `The reset for ${name} <${memberEmail}> is ${said}.`,
        ...(verb === 'approve' ? [still ? resetLine(still) : CARRIED_OUT] : []),
      ].map(printable);
    },
  };
}

function describeAsked(member: Found, answer: unknown): string[] {
  const { reset } = understood(memberView, answer);
  const lines = [
    `A reset for ${personIn(member)} was asked for. The member is told at every address.`,
    ...(reset === undefined
      ? [CARRIED_OUT]
      : [`Reset ${reset.id}: ${resetLine(reset)}`, 'The member may stop it until then.']),
  ];
  return lines.map(printable);
}

function describeAll(answer: unknown): string[] {
  const { resets: waiting, help } = understood(resets, answer);
  const asked = help.map(({ email, name, helpAskedAt }) => [email, name, moment(helpAskedAt)]);
  return [
    ...(waiting.length === 0
      ? ['No reset waits.']
      : table(
          ['ID', 'EMAIL', 'NAME', 'WHAT'],
          waiting.map((one) => [one.id, one.memberEmail, one.memberName, resetLine(one)]),
        )),
    '',
    ...(asked.length === 0 ? ['Nobody waits for help.'] : table(['ASKED FOR HELP', 'NAME', 'AT'], asked)),
  ];
}
