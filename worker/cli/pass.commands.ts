import { passLine } from './approval-text.ts';
import type { Command, Given } from './command.ts';
import { findMember, memberName, pathIn, type Found } from './lookup.ts';
import { changeMember } from './member-change.commands.ts';
import { personIn } from './member-text.ts';
import { newPass } from './shapes.ts';
import { printable, understood } from './text.ts';
import { wholeNumber } from './typed.ts';

export const PASS_COMMANDS: readonly Command[] = [
  {
    name: 'pass issue',
    positionals: ['<member>'],
    may: ['minutes', 'org'],
    json: true,
    about:
      'Issues an access pass and prints it, this once. It stands for the second factor only and opens the set-up of a new one. The member is told.',
    read: ({ first, values }: Given) => {
      const typed = memberName(first);
      const minutes = wholeNumber(values.minutes, '--minutes', 10, 480);
      return async ({ admin }) => {
        const member = await findMember(admin, typed, values.org);
        const path = pathIn(member.organization, ['members', member.sub, 'pass']);
        const body = minutes === undefined ? {} : { minutes };
        const answer = await admin.ask({ method: 'POST', path, body });
        return { answer, lines: () => describeNew(member, answer) };
      };
    },
  },
  {
    name: 'pass revoke',
    positionals: ['<member>'],
    may: ['org'],
    destroys: true,
    json: true,
    about: 'Makes the access pass of a member void.',
    read: ({ first, values }: Given) => {
      const typed = memberName(first);
      return (tools) =>
        changeMember(tools, typed, {
          organization: values.org,
          to: ['pass', 'revoke'],
          body: {},
          destroys: (member) => `This makes the access pass of ${personIn(member)} void.`,
          done: (member) => `The access pass of ${personIn(member)} is void.`,
        });
    },
  },
  {
    name: 'pass approve',
    positionals: ['<member>'],
    may: ['org'],
    json: true,
    about: 'Approves the access pass of an admin or owner, which waits for others to agree.',
    read: ({ first, values }: Given) => {
      const typed = memberName(first);
      return (tools) =>
        changeMember(tools, typed, {
          organization: values.org,
          to: ['pass', 'approve'],
          body: {},
          done: (member) => `The access pass of ${personIn(member)} is approved.`,
        });
    },
  },
];

function describeNew(member: Found, answer: unknown): string[] {
  const { code, pass } = understood(newPass, answer);
  return [
    `Access pass for ${personIn(member)}:`,
    '',
    `  ${code}`,
    '',
    passLine(pass),
    'It is shown this once. Give it to the member in person or by phone, never by mail: they are asked for it',
    'in place of the second factor.',
  ].map(printable);
}
