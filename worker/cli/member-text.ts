import { passLine, resetLine } from './approval-text.ts';
import { explanationLines } from './explain.ts';
import { memberView, type Member, type View } from './shapes.ts';
import { moment, printable, table, understood } from './text.ts';

/** Lists members in a table, with their organisation where there may be several. */
export function describeMembers(
  rows: readonly { readonly organization: string; readonly member: Member }[],
  withOrganization: boolean,
): string[] {
  if (rows.length === 0) return ['There are no such members.'];
  return table(
    ['ORGANISATION', 'EMAIL', 'NAME', 'ROLE', 'STATUS', 'SECOND FACTORS', 'LAST SIGN-IN', 'NOTES'],
    rows.map(({ organization, member }) => [
      withOrganization ? organization : '',
      ...[member.email, member.name, member.role, member.status, factorsOf(member)],
      moment(member.lastSignInAt),
      notesOn(member).join('; '),
    ]),
  );
}

/** Says who it is, for what is asked before something is done to them. */
export function personIn({
  organization,
  email,
  name,
}: {
  readonly organization: string;
  readonly email: string;
  readonly name: string;
}): string {
  return `${name} <${email}> in ${organization}`;
}

/** Shows everything about a member. */
export function describeView(organization: string, answer: unknown, now: Date): string[] {
  const view = understood(memberView, answer);
  const { member } = view;
  return [
    printable(personIn({ organization, email: member.email, name: member.name })),
    printable(`sub ${member.sub}, ${member.role}, ${member.status}${member.isHome ? '' : ', a guest'}`),
    ...(member.lastSignInAt === undefined ? [] : [`Last sign-in: ${moment(member.lastSignInAt)}`]),
    ...notesOn(member)
      .filter((note) => note !== 'guest')
      .map((note) => printable(`Note: ${note}`)),
    '',
    ...factorLines(view),
    ...standing(view).map(printable),
    '',
    ...sessionLines(view),
    '',
    ...explanationLines(view.explanation, now),
  ];
}

function factorsOf({ kinds, strength }: Member): string {
  return kinds.length === 0 ? 'none' : `${kinds.join(', ')} (${strength})`;
}

function notesOn(member: Member): string[] {
  const { isHome, locked, exemptUntil, helpAskedAt, inviteExpiresAt } = member;
  return [
    ...(isHome ? [] : ['guest']),
    ...(locked === undefined
      ? []
      : [`locked (${locked.why})${locked.until === undefined ? '' : ` until ${moment(locked.until)}`}`]),
    ...(exemptUntil === undefined ? [] : [`exempt until ${moment(exemptUntil)}`]),
    ...(helpAskedAt === undefined ? [] : [`asked for help at ${moment(helpAskedAt)}`]),
    ...(inviteExpiresAt === undefined ? [] : [`invited until ${moment(inviteExpiresAt)}`]),
  ];
}

function factorLines({ factors, recoveryCodesLeft }: View): string[] {
  const codes = `Recovery codes left: ${recoveryCodesLeft}`;
  if (factors.length === 0) return ['There is no second factor.', codes];
  const rows = factors.map((one) => [
    ...[one.enrollmentId, one.kind, one.name, one.destination ?? '', moment(one.createdAt)],
    moment(one.lastUsedAt),
    one.isDisabled ? 'disabled' : one.waitUntil === undefined ? '' : `waits until ${moment(one.waitUntil)}`,
  ]);
  return [...table(['FACTOR', 'KIND', 'NAME', 'TO', 'SINCE', 'LAST USED', 'STATE'], rows), codes];
}

function standing({ exemption, must, reset, pass }: View): string[] {
  return [
    ...(exemption === undefined
      ? []
      : [`Exempt until ${moment(exemption.until)}: ${exemption.reason} (by ${exemption.by})`]),
    ...(must === undefined ? [] : [`Has to set up: ${must}`]),
    ...(reset === undefined ? [] : [`Reset ${reset.id}: ${resetLine(reset)}`]),
    ...(pass === undefined ? [] : [`Access pass: ${passLine(pass)}`]),
  ];
}

function sessionLines({ sessions }: View): string[] {
  if (sessions.length === 0) return ['There is no open session.'];
  return table(
    ['SESSION ON', 'FROM', 'STRENGTH', 'LAST SEEN'],
    sessions.map(({ device, address, country, acr, lastSeenAt }) => [
      device,
      country === undefined ? address : `${address} (${country})`,
      acr,
      moment(lastSeenAt),
    ]),
  );
}
