// The administration of organisations, in Danish.
import type { AdministrationTexts } from '../localize-administration.ts';
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
  'admin.none': 'Du administrerer ingen organisation.',
  'admin.organization': 'Organisation',
  'admin.profile': 'Din egen profil',
  'admin.page.overview': 'Overblik',
  'admin.page.members': 'Medlemmer',
  'admin.page.invites': 'Invitationer',
  'admin.page.requests': 'Anmodninger',
  'admin.page.sites': 'Websteder',
  'admin.page.policy': 'Politik',
  'admin.page.audit': 'Hændelseslog',

  'admin.fresh.text':
    'Det, du vil gøre, ændrer, hvordan andre logger ind, så det kræver et login, der kun er få minutter gammelt. Du kommer tilbage hertil og fortsætter; det, du har skrevet, bliver gemt.',
  'admin.problem.wrong_step': 'En anden har ændret dette i mellemtiden. Genindlæs siden for at se det.',
  'admin.problem.not_found': 'Det findes ikke længere, eller du må ikke se det.',
  'admin.problem.exists': 'Det findes allerede.',
  'admin.problem.last_factor': 'Det er den sidste, der tæller. Der skal være en anden først.',
  'admin.secret.kept': 'Jeg har gemt den',
  'admin.approve': 'Godkend',
  'admin.reason': 'Begrundelse',
  'admin.reason.hint': 'Den står i hændelsesloggen.',
  'admin.reason.missing': 'Skriv hvorfor.',
  'admin.day.missing': 'Vælg en dag.',
  'admin.day.past': 'Vælg en dag, der ikke er forbi.',
  'admin.never': 'Aldrig',

  'admin.overview.counts': 'Medlemmer i tal',
  'admin.overview.covered': '{share} har totrinsbekræftelse',
  'admin.overview.help.one': 'Ét medlem beder om hjælp.',
  'admin.overview.help.other': '{count} medlemmer beder om hjælp.',
  'admin.overview.resets.one': 'Én nulstilling venter.',
  'admin.overview.resets.other': '{count} nulstillinger venter.',
  'admin.overview.toRequests': 'Se anmodningerne',

  'admin.chart.table': 'Vis tallene',
  'admin.chart.none': 'Der er intet at vise endnu.',
  'admin.chart.day': 'Dag',
  'admin.coverage.title': 'Dækning over tid',
  'admin.coverage.summary':
    '{share} af medlemmerne har totrinsbekræftelse: {covered} af {members}. Den {day} var det {before}.',
  'admin.coverage.covered': 'Med totrinsbekræftelse',
  'admin.coverage.members': 'Alle medlemmer',
  'admin.coverage.share': 'Andel',
  'admin.signIns.title': 'Login efter slags og resultat',
  'admin.signIns.kind': 'Slags',
  'admin.signIns.all': 'Alle slags',
  'admin.signIns.summary': '{ok} lykkedes og {failed} mislykkedes siden {day}.',
  'admin.signIns.okLabel': 'Lykkedes',
  'admin.signIns.failedLabel': 'Mislykkedes',
} as const satisfies AdministrationTexts;
