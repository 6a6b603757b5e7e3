import { base64url } from 'jose';
import { foldName } from '../accounts/account.ts';
import type { RequestContext } from '../http/request-context.ts';
import type { Service } from '../http/service.ts';
import { sealMessage } from '../jobs/message.ts';
import { hashSecret, makeSecret } from '../session/session.ts';
import type { InviteLink, NewInvite } from './invites.steps.ts';

/** Seconds for which its mail is tried. */
const MAIL_SECONDS = 86_400;

/** Seconds that an invitation is good for. */
export const INVITE_SECONDS = 7 * 86_400;

/** Who is invited. */
export interface Invited {
  readonly email: string;
  readonly name: string;
  readonly role: string;
}

/** Makes an invitation with its link and both mails that can carry it: which one is sent only the step learns. */
export async function makeInvite(
  service: Service,
  request: RequestContext,
  { email, name, role }: Invited,
): Promise<NewInvite> {
  const id = base64url.encode(service.ports.random.bytes(16));
  const link = await makeInviteLink(service, request);
  return { id, email, name, folded: foldName(name), role, ...link };
}

/** Makes a new link. */
export async function makeInviteLink(service: Service, request: RequestContext): Promise<InviteLink> {
  const token = makeSecret(service.ports.random);
  const until = request.now + MAIL_SECONDS;
  const days = INVITE_SECONDS / 86_400;
  // How they and the organisation are called the step knows.
  const common = { organizationName: '', days };
  // In the fragment, which no server logs and no scanner posts.
  const setup = { template: 'setup', path: `/setup#${token}`, memberName: '', ...common } as const;
  const join = { template: 'join', path: `/join#${token}`, ...common } as const;
  return {
    hash: await hashSecret(token),
    setupMail: await sealMessage(service, request, setup, until),
    joinMail: await sealMessage(service, request, join, until),
  };
}
