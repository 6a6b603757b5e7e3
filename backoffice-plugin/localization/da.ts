// Danish. It has the keys of English, each with the same values; it is loaded only for who reads it.
import type { Texts } from './localize.ts';
import { account } from './da/account.ts';
import { activity } from './da/activity.ts';
import { codes } from './da/codes.ts';
import { enrolling } from './da/enrolling.ts';
import { links } from './da/links.ts';
import { recovery } from './da/recovery.ts';

export const da = {
  ...account,
  ...activity,
  ...codes,
  ...enrolling,
  ...links,
  ...recovery,

  'app.loading': 'Indlæser',
  'app.title': '{step} · {site}',

  'action.back': 'Tilbage til {site}',
  'action.cancel': 'Annuller',
  'action.continue': 'Fortsæt',
  'action.continueTo': 'Fortsæt til {site}',
  'action.copied': 'Kopieret',
  'action.copyKey': 'Kopiér nøgle',
  'action.hidePassword': 'Skjul adgangskode',
  'action.reload': 'Genindlæs siden',
  'action.showPassword': 'Vis adgangskode',
  'action.signIn': 'Log ind',
  'action.startAgain': 'Begynd forfra',
  'action.tryAgain': 'Prøv igen',
  'action.useAnotherAccount': 'Brug en anden konto',
  'action.verify': 'Bekræft',

  'field.code': 'Kode',
  'field.email': 'E-mail',
  'field.password': 'Adgangskode',

  'check.codeLength': 'Koden har {length} cifre.',
  'check.email': 'Skriv din e-mailadresse.',
  'check.name': 'Vælg et navn, som du kan kende igen.',
  'check.password': 'Skriv din adgangskode.',

  'identify.title': 'Log ind',
  'identify.lead': 'for at fortsætte til {site}',

  'identify.repeated': 'Den er sat op. Log ind en gang til, nu med din nye metode.',

  'firstFactor.title': 'Skriv din adgangskode',
  'firstFactor.notYou': 'Er det ikke dig?',
  'firstFactor.forgot': 'Glemt din adgangskode?',
  'firstFactor.resetRequested':
    'Hvis der findes en konto til {email}, er en mail med et link på vej. Det andet trin skal stadig bekræftes.',

  'confirmAddress.title': 'Tjek din mail',
  'confirmAddress.lead': 'En kode viser, at postkassen er din, før du slår totrinsbekræftelse til.',

  'reason.service': 'Denne logintjeneste kræver totrinsbekræftelse af alle.',
  'reason.organization': 'Din organisation kræver totrinsbekræftelse af sine medlemmer.',
  'reason.site': 'Dette websted kræver totrinsbekræftelse.',
  'reason.member': 'En administrator beder dig om at bruge totrinsbekræftelse.',
  'reason.enrolled': 'Din konto har totrinsbekræftelse.',
  'reason.requested': 'Webstedet bad om totrinsbekræftelse denne gang.',

  'denied.title': 'Du kan ikke logge ind på {site}',
  'denied.notAMember':
    '{email} er ikke medlem af den organisation, som {site} hører til. Bed organisationens administrator om at tilføje dig, eller brug en anden konto.',
  'denied.unmetAssurance':
    '{site} kræver et stærkere login, end {email} kan give. Spørg webstedets administrator, eller brug en anden konto.',

  'done.title': 'Du sendes videre til {site}',
  'done.text': 'Brug linket, hvis der ikke sker noget.',

  'ended.title': 'Dette login er afsluttet',
  'ended.text':
    'Det tog for lang tid, fik for mange forkerte koder, var allerede gennemført eller blev begyndt i en anden browser. Der er intet galt med din konto.',
  'ended.locked':
    'For mange forkerte koder, så dette login blev afsluttet for at beskytte din konto. Du kan prøve igen {moment} eller begynde forfra nu med en af dine andre metoder.',
  'ended.noWay': 'Gå tilbage til det websted, du kom fra, og log ind igen.',

  'strength.1fa': 'Ét trin: din adgangskode',
  'strength.2fa': 'To trin, det andet med mail',
  'strength.aal2': 'To trin: din adgangskode og en kode fra en app eller telefon',
  'strength.phr': 'Phishing-sikker: en adgangsnøgle',
  'strength.unknown': 'Logget ind',

  'failed.title': 'Siden kunne ikke indlæses',

  'problem.unreachable': 'Vi kan ikke få forbindelse til tjenesten. Intet er gået tabt; prøv igen.',
  'problem.unexpected': 'Tjenesten gav et svar, som denne side ikke forstår. Genindlæs siden.',
  'problem.unavailable': 'Tjenesten er ude af drift et øjeblik. Intet er gået tabt; prøv igen.',
  'problem.busy': 'Tjenesten har meget travlt. Intet er gået tabt; prøv igen om lidt.',
  'problem.invalid_body': 'Noget af det, du skrev, kan ikke bruges. Se det efter, og prøv igen.',
  'problem.forbidden_origin': 'Siden er for gammel til at blive brugt. Genindlæs den.',
  'problem.not_found': 'Det, siden bad om, findes ikke længere. Genindlæs siden.',
  'problem.not_allowed': 'Det må du ikke. Spørg en administrator, der må.',
  'problem.method_not_allowed': 'Tjenesten afviste dette trin. Genindlæs siden.',
  'problem.wrong_password': 'E-mailadressen eller adgangskoden er forkert.',
  'problem.wrong_code': 'Koden er forkert.',
  'problem.wrong_code.tries.one': 'Koden er forkert. Du har ét forsøg mere, så skal du vente.',
  'problem.wrong_code.tries': 'Koden er forkert. Du har {count} forsøg mere, så skal du vente.',
  'problem.code_used':
    'Koden er allerede brugt. Vent, til din app viser den næste. Bed om en ny, hvis den blev sendt til dig.',
  'problem.code_expired': 'Koden gælder ikke længere. Bed om en ny.',
  'problem.throttled': 'For mange forsøg.',
  'problem.throttled.wait': 'Du kan prøve igen om {wait}.',
  'problem.throttled.over': 'Du kan prøve igen nu.',
  'problem.wrong_step': 'Dette login er nået videre. Genindlæs siden.',
  'problem.interaction_ended': 'Dette login er afsluttet.',
  'problem.pending_enrollment_gone': 'Det blev ikke bekræftet i tide. Begynd forfra.',
  'problem.factor_unusable':
    'Den kan ikke bruges længere. Brug en anden metode, eller bed din administrator om at nulstille den.',
  'problem.exists': 'Det findes allerede.',
  'problem.last_factor':
    'Dette er din sidste metode, og totrinsbekræftelse er påkrævet. Tilføj en anden først.',
  'problem.password_refused': 'Denne adgangskode kan ikke bruges.',
  'problem.setup_link_gone': 'Linket er allerede brugt eller for gammelt.',
  'problem.no_code_sent': 'Der er ikke sendt en kode endnu, eller den er væk. Bed om en ny.',
  'problem.phone_refused':
    'Nummeret kan ikke bruges. Det skal være et almindeligt nummer fra et af landene på listen.',
  'problem.phone_refused.not_a_number':
    'Det er ikke et helt telefonnummer. Se cifrene efter, og om landet er det rigtige.',
  'problem.phone_refused.country':
    'Numre fra dette land kan ikke bruges her. Skriv et fra et af landene på listen.',
  'problem.phone_refused.kind':
    'Numre af denne slags kan ikke bruges. Skriv nummeret på en mobil eller fastnettelefon, ikke et overtakseret nummer eller internetnummer.',
  'problem.phone_refused.landline':
    'Det er en fastnettelefon, som ikke kan få sms’er. Vælg et opkald i stedet.',
  'problem.phone_alone':
    'En administrator må ikke have en telefon som eneste metode. Sæt først noget andet op.',
  'problem.already_enrolled': 'Denne postkasse er allerede sat op.',
  'problem.old_number_first': 'Bekræft først det gamle nummer, så det nye.',
  'problem.help_requested': 'Dine administratorer har allerede fået besked.',
  'problem.login_required': 'Du er logget ud. Log ind igen.',
  'problem.fresh_authentication_required': 'Du skal logge ind igen for at lave denne ændring.',
  'problem.too_large': 'Det er for langt. Forkort det, og prøv igen.',
} as const satisfies Texts;
