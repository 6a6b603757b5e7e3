import type { Context } from 'hono';
import { parseAccount } from '../accounts/account.ts';
import { normalizePassword } from '../accounts/password.ts';
import { limit, limitBySubject, sendLimits } from '../factors/limits.ts';
import { hashRecoveryCodes, makeRecoveryCodes } from '../factors/recovery-code/recovery-codes.ts';
import { recordRefusedProof } from '../factors/refused-proof.steps.ts';
import type { AppEnv } from '../http/app-env.ts';
import { auditEvent } from '../http/audit-event.ts';
import { problem } from '../http/problem.ts';
import type { Service } from '../http/service.ts';
import { parseLanguage } from '../localization/language.ts';
import {
  freshness,
  judge,
  judgedSession,
  macOfCode,
  makeSentCode,
  runJudged,
} from '../interaction/public.ts';
import type { NewRecoveryCodes } from '../interaction/wire.ts';
import { sealNotice } from '../jobs/message.ts';
import { wakeJobs } from '../jobs/run-jobs.ts';
import { sessionKeyOf } from '../session/browser.ts';
import { renewOwnRecoveryCodes } from './account.steps.ts';
import { accountView, answerAccount } from './account-view.ts';
import { stillFresh } from './own-account.ts';
import { changed, codeLimits } from './own-factors.ts';
import {
  type AddressKind,
  askNewAddress,
  changePassword,
  confirmNewAddress,
  removeNoticeAddress,
  reservePasswordChange,
} from './own-profile.steps.ts';
import { refusePassword } from './password-rules.ts';
import { loginRequired, refuseStep } from './refusals.ts';

/** Changes the password: the present one is asked for although the sign-in is fresh. Two round trips. */
export async function changeOwnPassword(
  c: Context<AppEnv>,
  service: Service,
  body: { readonly current: string; readonly password: string },
): Promise<Response> {
  const { ports } = service;
  const { request } = c.var;
  const { now, addressGroup } = request;
  const session = await sessionKeyOf(c);
  const reserved = await runJudged(service, reservePasswordChange, { session }, freshness(service, now), {
    limits: [
      limitBySubject('password-change'),
      limit('password-address', addressGroup),
      limit('password-all', 'all'),
    ],
    event: auditEvent(request, 'password.change.try'),
  });
  if (reserved.status !== 'reserved') return refuseStep(reserved);
  const account = parseAccount(reserved.session['sub'] ?? '', reserved.account);
  const password = normalizePassword(body.password);
  const language = parseLanguage(reserved.account['language']) ?? request.language;
  const { policy } = judge(service, reserved.session, reserved.account, reserved.policies, now);
  const refused = refusePassword(service, language, account, reserved.organizationName, policy, password);
  if (refused) return refused;
  const verified = await ports.passwords.verify(normalizePassword(body.current), account.password);
  if (verified.status === 'busy') return problem('busy');
  if (!verified.value) {
    const event = auditEvent(request, 'password.change', { sub: account.sub });
    await ports.redis.run(recordRefusedProof, {}, { now, status: 'wrong_password' }, { event });
    return problem('wrong_password');
  }
  const hashed = await ports.passwords.hash(password);
  if (hashed.status === 'busy') return problem('busy');
  const done = await ports.redis.run(
    changePassword,
    { session },
    {
      now,
      version: account.version,
      password: hashed.value,
      notice: await sealNotice(service, request, 'password_changed'),
    },
    { event: auditEvent(request, 'password.change') },
  );
  return done.status === 'ok' ? changed(c, service, done) : loginRequired();
}

/** Mails a code to a new address. One round trip. */
export async function requestNewAddress(
  c: Context<AppEnv>,
  service: Service,
  what: AddressKind,
  email: string,
): Promise<Response> {
  const { request } = c.var;
  const session = await sessionKeyOf(c);
  const code = await makeSentCode(service, request, {
    owner: session,
    purpose: 'new_address',
    channel: 'mail',
  });
  const sent = await runJudged(
    service,
    askNewAddress,
    { session },
    { ...freshness(service, request.now), what, email, code },
    { limits: sendLimits(), event: auditEvent(request, 'mail.new_address_code', { what }) },
  );
  if (sent.status !== 'ok') return refuseStep(sent);
  wakeJobs(service);
  return answerAccount(c, service, sent);
}

/** Takes the code of a new address. One round trip. */
export async function confirmAddress(
  c: Context<AppEnv>,
  service: Service,
  what: AddressKind,
  oneTimeCode: string,
): Promise<Response> {
  const { request } = c.var;
  const session = await sessionKeyOf(c);
  const isEmail = what === 'email';
  const confirmed = await runJudged(
    service,
    confirmNewAddress,
    { session },
    {
      ...stillFresh(service, request.now),
      what,
      mac: await macOfCode(service, session, oneTimeCode),
      notice: await sealNotice(service, request, isEmail ? 'email_changed' : 'notice_address_changed'),
    },
    {
      limits: codeLimits(c),
      event: auditEvent(request, isEmail ? 'email.change' : 'notice_email.change'),
    },
  );
  return confirmed.status === 'ok' ? changed(c, service, confirmed) : refuseStep(confirmed);
}

/** Gives the second address up. One round trip. */
export async function removeSecondAddress(c: Context<AppEnv>, service: Service): Promise<Response> {
  const { request } = c.var;
  const removed = await runJudged(
    service,
    removeNoticeAddress,
    { session: await sessionKeyOf(c) },
    {
      ...freshness(service, request.now),
      notice: await sealNotice(service, request, 'notice_address_changed'),
    },
    { event: auditEvent(request, 'notice_email.change') },
  );
  return removed.status === 'ok' ? changed(c, service, removed) : refuseStep(removed);
}

/** Makes a new set of recovery codes, shown in this answer and never again (S38). Two round trips. */
export async function makeOwnRecoveryCodes(c: Context<AppEnv>, service: Service): Promise<Response> {
  const { ports } = service;
  const { request } = c.var;
  const session = await sessionKeyOf(c);
  const own = await judgedSession(service, session, request.now);
  if (!own) return loginRequired();
  const codes = makeRecoveryCodes(ports.random);
  const made = await runJudged(
    service,
    renewOwnRecoveryCodes,
    { session },
    {
      ...freshness(service, request.now),
      sub: own.account.sub,
      hashes: await hashRecoveryCodes(ports.vault, own.account.sub, codes),
      notice: await sealNotice(service, request, 'recovery_codes_renewed'),
    },
    {
      limits: [limitBySubject('recovery-codes-account')],
      event: auditEvent(request, 'recovery_codes.new'),
    },
  );
  if (made.status !== 'ok') return refuseStep(made);
  wakeJobs(service);
  const answer: NewRecoveryCodes = { codes, account: await accountView(service, request, own, made) };
  return c.json(answer);
}
