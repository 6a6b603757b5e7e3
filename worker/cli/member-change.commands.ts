import { type Command, type Outcome, type Tools, UsedWrongly, type Given } from './command.ts';
import { findMember, memberName, pathIn, type Found } from './lookup.ts';
import { personIn } from './member-text.ts';
import { printable } from './text.ts';
import { instant, KINDS, oneOf, ROLES } from './typed.ts';

interface Change {
  readonly organization: string | undefined;
  /** Below `/members/{sub}`. */
  readonly to: readonly string[];
  readonly body: object;
  /** Asked before it is done. */
  readonly destroys?: (member: Found) => string;
  readonly done: (member: Found) => string;
}

/** Changes one member, who is looked up first, and gives the service's answer. */
export async function changeMember(
  { admin, confirm }: Pick<Tools, 'admin' | 'confirm'>,
  typed: string,
  { organization, to, body, destroys, done }: Change,
): Promise<Outcome> {
  const member = await findMember(admin, typed, organization);
  if (destroys) await confirm(destroys(member), { called: 'address', word: member.email });
  const path = pathIn(member.organization, ['members', member.sub, ...to]);
  const answer = await admin.ask({ method: 'POST', path, body });
  return { answer, lines: () => [printable(done(member))] };
}

export const MEMBER_CHANGE_COMMANDS: readonly Command[] = [
  {
    name: 'member role',
    positionals: ['<member>', '<role>'],
    may: ['org'],
    json: true,
    about: 'Makes a member a member, admin or owner.',
    read: ({ first, second, values }: Given) => {
      const typed = memberName(first);
      const role = oneOf(ROLES, second, '<role>');
      return (tools) =>
        changeMember(tools, typed, {
          organization: values.org,
          to: ['role'],
          body: { role },
          done: (member) => `${personIn(member)} is ${role} now.`,
        });
    },
  },
  {
    name: 'member suspend',
    positionals: ['<member>'],
    needs: ['reason'],
    may: ['org'],
    destroys: true,
    json: true,
    about: 'Suspends a member: no sign-in any more, and all sessions end.',
    read: ({ first, values }: Given) => {
      const typed = memberName(first);
      return (tools) =>
        changeMember(tools, typed, {
          organization: values.org,
          to: ['suspend'],
          body: { reason: values.reason },
          destroys: (member) => `This suspends ${personIn(member)} and ends all their sessions.`,
          done: (member) => `${personIn(member)} is suspended. All their sessions have ended.`,
        });
    },
  },
  {
    name: 'member restore',
    positionals: ['<member>'],
    may: ['org'],
    json: true,
    about: 'Lets a suspended member in again.',
    read: simple('restore', (member) => `${personIn(member)} may sign in again.`),
  },
  {
    name: 'member remove',
    positionals: ['<member>'],
    may: ['org'],
    destroys: true,
    json: true,
    about: 'Removes a member. Where the organisation is their home, the account is deleted.',
    read: ({ first, values }: Given) => {
      const typed = memberName(first);
      return (tools) =>
        changeMember(tools, typed, {
          organization: values.org,
          to: ['remove'],
          body: {},
          destroys: (member) =>
            `This removes ${personIn(member)}. Where that is their home, the account is deleted, with its factors.`,
          done: (member) => `${personIn(member)} was removed.`,
        });
    },
  },
  {
    name: 'member unlock',
    positionals: ['<member>'],
    may: ['org'],
    json: true,
    about: 'Unlocks a member who is locked after too many failures.',
    read: simple('unlock', (member) => `${personIn(member)} is not locked any more.`),
  },
  {
    name: 'member sessions-end',
    positionals: ['<member>'],
    may: ['org'],
    json: true,
    about: 'Ends all sessions of a member.',
    read: ({ first, values }: Given) => {
      const typed = memberName(first);
      return (tools) =>
        changeMember(tools, typed, {
          organization: values.org,
          to: ['sessions', 'end'],
          body: {},
          done: (member) => `All sessions of ${personIn(member)} have ended.`,
        });
    },
  },
  {
    name: 'member exempt',
    positionals: ['<member>'],
    may: ['reason', 'until', 'end', 'org'],
    json: true,
    about:
      'Exempts a member from what the organisation and its sites demand, with --reason and --until; or ends that with --end. What the configuration demands stays.',
    read: ({ first, values }: Given) => {
      const typed = memberName(first);
      const { reason } = values;
      const until = instant(values.until, '--until');
      if (values.end ? reason !== undefined || until !== undefined : !reason || until === undefined) {
        throw new UsedWrongly('member exempt needs --reason and --until, or --end alone.');
      }
      return (tools) =>
        changeMember(tools, typed, {
          organization: values.org,
          to: ['exempt'],
          body: values.end ? { until: 0 } : { reason, until },
          done: (member) =>
            values.end
              ? `${personIn(member)} is not exempt any more.`
              : `${personIn(member)} is exempt until ${values.until ?? ''}.`,
        });
    },
  },
  {
    name: 'member must',
    positionals: ['<member>', '<kind>'],
    may: ['org'],
    json: true,
    about:
      'Demands a kind of factor of a member: totp, phone or email. They are made to set it up at the next sign-in. none ends it.',
    read: ({ first, second, values }: Given) => {
      const typed = memberName(first);
      const kind = oneOf([...KINDS, 'none'], second, '<kind>');
      return (tools) =>
        changeMember(tools, typed, {
          organization: values.org,
          to: ['must'],
          body: kind === 'none' ? {} : { kind },
          done: (member) =>
            kind === 'none'
              ? `No kind of factor is demanded of ${personIn(member)} any more.`
              : `${personIn(member)} has to set up ${kind} at the next sign-in.`,
        });
    },
  },
];

/** A change that is said by its name alone. */
function simple(verb: string, done: Change['done']): Command['read'] {
  return ({ first, values }) => {
    const typed = memberName(first);
    return (tools) => changeMember(tools, typed, { organization: values.org, to: [verb], body: {}, done });
  };
}
