import * as v from 'valibot';
import { Refused } from './admin-client.ts';
import type { Command } from './command-line.ts';

const memberAnswer = v.object({
  email: v.string(),
  role: v.string(),
  mail: v.picklist(['accepted', 'failed']),
});
const siteAnswer = v.object({ client_id: v.string(), client_secret: v.optional(v.string()) });
const membersAnswer = v.object({
  members: v.array(
    v.object({
      email: v.string(),
      name: v.string(),
      role: v.string(),
      status: v.string(),
      factors: v.array(v.string()),
    }),
  ),
});

/** Says in words what the service answered. @throws Refused when the answer is of another version. */
export function describeAnswer(command: Command, answer: unknown): string[] {
  switch (command.kind) {
    case 'org create':
      return [`Organisation ${command.id} was created.`];
    case 'member create':
      return describeMember(command.organization, understood(memberAnswer, answer));
    case 'member list':
      return describeMembers(understood(membersAnswer, answer).members);
    case 'site create':
      return describeSite(command.name, understood(siteAnswer, answer));
  }
}

function describeMember(organization: string, member: v.InferOutput<typeof memberAnswer>): string[] {
  const mail =
    member.mail === 'accepted'
      ? 'A link to set the password is on its way by mail.'
      : 'The mail with the link to set the password could not be sent. Run the same command again to send another.';
  return [printable(`${member.email} is ${member.role} of ${organization} now.`), mail];
}

function describeSite(name: string, site: v.InferOutput<typeof siteAnswer>): string[] {
  const secret =
    site.client_secret === undefined
      ? ['It is public: it has no secret.']
      : [
          `client_secret: ${printable(site.client_secret)}`,
          'The secret is shown this once. Put it where the site keeps its secrets.',
        ];
  return [`Site ${name} was registered.`, `client_id:     ${printable(site.client_id)}`, ...secret];
}

function describeMembers(members: v.InferOutput<typeof membersAnswer>['members']): string[] {
  if (members.length === 0) return ['There are no members yet.'];
  const rows = [
    ['EMAIL', 'NAME', 'ROLE', 'STATUS', 'SECOND FACTORS'],
    ...members.map(({ email, name, role, status, factors }) =>
      [email, name, role, status, factors.join(', ') || 'none'].map(printable),
    ),
  ];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths?.[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

/** Parses an answer. @throws Refused */
export function understood<Schema extends v.GenericSchema>(
  schema: Schema,
  answer: unknown,
): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, answer);
  if (parsed.success) return parsed.output;
  throw new Refused([
    'The service answered, but not in a way that this program understands.',
    'Is it of the same version? --json shows the answer as it is.',
  ]);
}

/** What people named must not steer the terminal. */
export function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\ufffd');
}
