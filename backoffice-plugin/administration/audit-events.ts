// What is done in the administration, and what only its log tells.

import { text } from '../localization/localize-administration.ts';

const EVENTS = {
  'sign_in.begin': 'admin.event.sign_in_begin',
  'sign_in.cancel': 'admin.event.sign_in_cancel',
  'sign_in.code': 'admin.event.code',
  'sign_in.address_code': 'admin.event.code',
  'sign_in.snooze': 'admin.event.snooze',
  'sign_in.pass': 'admin.event.pass_used',
  'factor.enrollment.start': 'admin.event.enrollment_start',
  'factor.code': 'admin.event.code',
  'factor.reset': 'admin.event.factor_reset',
  'factor.reset_stop': 'admin.event.reset_stopped',
  'profile.change': 'admin.event.profile',
  'policy.change': 'admin.event.policy',
  'message.send': 'admin.event.message_sent',
  'message.undelivered': 'admin.event.message_lost',
  'message.spoken': 'admin.event.message_spoken',
  'mail.bounced': 'admin.event.mail_bounced',
  'mail.complained': 'admin.event.mail_complained',
  'operator.token': 'admin.event.operator',
  'admin.organization.create': 'admin.event.organization',
  'admin.member.create': 'admin.event.invited',
  'admin.member.invite': 'admin.event.invited',
  'admin.member.role': 'admin.event.role',
  'admin.member.suspend': 'admin.event.suspended',
  'admin.member.restore': 'admin.event.restored',
  'admin.member.remove': 'admin.event.removed',
  'admin.member.unlock': 'admin.event.unlocked',
  'admin.member.exempt': 'admin.event.exempt',
  'admin.member.must': 'admin.event.must',
  'admin.member.end_sessions': 'admin.event.sessions',
  'admin.invite.create': 'admin.event.invited',
  'admin.invite.resend': 'admin.event.invite_resent',
  'admin.invite.revoke': 'admin.event.invite_revoked',
  'admin.reset.request': 'admin.event.reset_asked',
  'admin.reset.approve': 'admin.event.reset_approved',
  'admin.reset.cancel': 'admin.event.reset_canceled',
  'admin.pass.issue': 'admin.event.pass_issued',
  'admin.pass.approve': 'admin.event.pass_approved',
  'admin.pass.revoke': 'admin.event.pass_revoked',
  'admin.site.create': 'admin.event.site_added',
  'admin.site.change': 'admin.event.site_changed',
  'admin.site.secret': 'admin.event.site_secret',
  'admin.site.remove': 'admin.event.site_removed',
} as const;

/** Says what happened; undefined for what has no words here. */
export function administrationEventText(type: string): string | undefined {
  return isKnown(type) ? text(EVENTS[type]) : undefined;
}

function isKnown(type: string): type is keyof typeof EVENTS {
  return Object.hasOwn(EVENTS, type);
}
