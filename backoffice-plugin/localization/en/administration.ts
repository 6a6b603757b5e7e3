// The administration of organisations. A catalogue of its own: who signs in doesn't load it.

import { audit } from './administration-audit.ts';
import { members } from './administration-members.ts';
import { policy } from './administration-policy.ts';
import { rescue } from './administration-rescue.ts';
import { sites } from './administration-sites.ts';

export const administration = {
  ...audit,
  ...members,
  ...policy,
  ...rescue,
  ...sites,

  'admin.title': 'Administration',
  'admin.none': 'You administer no organisation.',
  'admin.organization': 'Organisation',
  'admin.profile': 'Your own profile',
  'admin.page.overview': 'Overview',
  'admin.page.members': 'Members',
  'admin.page.invites': 'Invitations',
  'admin.page.requests': 'Requests',
  'admin.page.sites': 'Sites',
  'admin.page.policy': 'Policy',
  'admin.page.audit': 'Audit log',

  'admin.fresh.text':
    'What you want to do changes how others sign in, so it takes a sign-in that is only minutes old. You come back here and go on; what you typed is kept.',
  'admin.problem.wrong_step': 'Somebody else has changed this meanwhile. Load the page again to see it.',
  'admin.problem.not_found': 'This does not exist any more, or is not yours to see.',
  'admin.problem.exists': 'There is one already.',
  'admin.problem.last_factor': 'It is the last one that counts. Another one has to be there first.',
  'admin.secret.kept': 'I have saved it',
  'admin.approve': 'Agree',
  'admin.reason': 'Reason',
  'admin.reason.hint': 'It stands in the audit log.',
  'admin.reason.missing': 'Say why.',
  'admin.day.missing': 'Choose a day.',
  'admin.day.past': 'Choose a day that is not over.',
  'admin.never': 'Never',

  'admin.overview.counts': 'Members in numbers',
  'admin.overview.covered': '{share} have a second factor',
  'admin.overview.help.one': 'One member asks for help.',
  'admin.overview.help.other': '{count} members ask for help.',
  'admin.overview.resets.one': 'One reset waits.',
  'admin.overview.resets.other': '{count} resets wait.',
  'admin.overview.toRequests': 'See the requests',

  'admin.chart.table': 'Show the numbers',
  'admin.chart.none': 'There is nothing to show yet.',
  'admin.chart.day': 'Day',
  'admin.coverage.title': 'Coverage over time',
  'admin.coverage.summary':
    '{share} of members have a second factor: {covered} of {members}. On {day} it was {before}.',
  'admin.coverage.covered': 'With a second factor',
  'admin.coverage.members': 'All members',
  'admin.coverage.share': 'Share',
  'admin.signIns.title': 'Sign-ins by kind and result',
  'admin.signIns.kind': 'Kind',
  'admin.signIns.all': 'All kinds',
  'admin.signIns.summary': '{ok} succeeded and {failed} failed since {day}.',
  'admin.signIns.okLabel': 'Succeeded',
  'admin.signIns.failedLabel': 'Failed',
} as const;
