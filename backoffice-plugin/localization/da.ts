// Danish. It has the keys of English, each with the same values; it is loaded only for who reads it.
import type { Texts } from './localize.ts';

export const da = {
  'app.name': 'Penumbra',
  'app.loading': 'Indlæser',
  'app.title': '{step} · {site}',

  'action.back': 'Tilbage til {site}',
  'action.cancel': 'Annuller',
  'action.close': 'Luk',
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

  'firstFactor.title': 'Skriv din adgangskode',
  'firstFactor.notYou': 'Er det ikke dig?',

  'confirmAddress.title': 'Tjek din mail',
  'confirmAddress.sending': 'Sender en kode til {destination}.',
  'confirmAddress.sent':
    'Vi har sendt en kode til {destination}. Den viser, at mailadressen er din, før du slår totrinsbekræftelse til.',
  'confirmAddress.failed':
    'Mailen til {destination} kunne ikke sendes. Intet er gået tabt: Bed om en ny kode, når ventetiden er gået.',
  'confirmAddress.reference': 'Den rigtige mail har referencen',
  'confirmAddress.resend': 'Send en ny kode',
  'confirmAddress.resendIn': 'Du kan få en ny kode om {wait}.',
  'confirmAddress.resendNow': 'Du kan få en ny kode nu.',

  'enrollment.title': 'Konfigurer en godkendelsesapp',
  'enrollment.kind.totp': 'Godkendelsesapp',
  'enrollment.preparing': 'Forbereder din nøgle',
  'enrollment.start': 'Konfigurer en godkendelsesapp',
  'enrollment.step.add': 'Føj kontoen til din app',
  'enrollment.step.addText':
    'Åbn en godkendelsesapp på din telefon, for eksempel Google Authenticator, Microsoft Authenticator eller 1Password. Scan billedet, eller skriv nøglen.',
  'enrollment.step.confirm': 'Skriv den kode, som appen viser',
  'enrollment.qr': 'QR-kode med kontoens nøgle',
  'enrollment.key': 'Nøgle',
  'enrollment.keyHint': 'Tidsbaseret, 6 cifre',
  'enrollment.openApp': 'Åbn i en app på denne enhed',
  'enrollment.name': 'Navn',
  'enrollment.nameHint': 'Så du senere kan kende den fra andre',
  'enrollment.nameDefault': 'Godkendelsesapp',
  'enrollment.expired':
    'Nøglen blev ikke bekræftet i tide og gælder ikke længere. Fjern den fra din app, og begynd forfra.',

  'reason.service': 'Denne logintjeneste kræver totrinsbekræftelse af alle.',
  'reason.organization': 'Din organisation kræver totrinsbekræftelse af sine medlemmer.',
  'reason.site': 'Dette websted kræver totrinsbekræftelse.',
  'reason.member': 'En administrator beder dig om at bruge totrinsbekræftelse.',
  'reason.enrolled': 'Din konto har totrinsbekræftelse.',
  'reason.requested': 'Webstedet bad om totrinsbekræftelse denne gang.',

  'challenge.title': 'Skriv din kode',
  'challenge.lead': 'Åbn {name}, og skriv de {length} cifre, som appen viser for Penumbra.',
  'challenge.leadSeveral': 'Vælg en app, og skriv de {length} cifre, som den viser for Penumbra.',
  'challenge.choose': 'Hvilken app?',

  'denied.title': 'Du kan ikke logge ind på {site}',
  'denied.notAMember':
    '{email} er ikke medlem af den organisation, som {site} hører til. Bed organisationens administrator om at tilføje dig, eller brug en anden konto.',
  'denied.unmetAssurance':
    '{site} kræver et stærkere login, end {email} kan give. Spørg webstedets administrator, eller brug en anden konto.',

  'done.title': 'Du sendes videre til {site}',
  'done.text': 'Brug linket, hvis der ikke sker noget.',

  'ended.title': 'Dette login er afsluttet',
  'ended.text':
    'Det tog for lang tid, var allerede gennemført eller blev begyndt i en anden browser. Der er intet galt med din konto.',
  'ended.noWay': 'Gå tilbage til det websted, du kom fra, og log ind igen.',

  'setup.title': 'Vælg din adgangskode',
  'setup.lead': 'Velkommen, {name}. Dette er adgangskoden til {email}, din konto hos {organization}.',
  'setup.rule':
    'Mindst {length} tegn. Nogle få ord, der ikke har med hinanden at gøre, er stærke og nemme at huske.',
  'setup.tooShort': 'Brug mindst {length} tegn.',
  'setup.save': 'Gem adgangskode',
  'setup.doneTitle': 'Adgangskoden er gemt',
  'setup.done': 'Du kan logge ind med den nu.',
  'setup.goneTitle': 'Linket kan ikke bruges',
  'setup.gone':
    'Det er allerede brugt, for gammelt eller ikke fuldstændigt. Åbn den nyeste mail, eller bed din administrator om et nyt. Log ind på dit websted, hvis du allerede har en adgangskode.',

  'account.title': 'Profil',
  'account.name': 'Navn',
  'account.email': 'E-mail',
  'account.organization': 'Organisation',
  'account.mfa': 'Totrinsbekræftelse',
  'account.mfa.on': 'Til',
  'account.mfa.off': 'Fra',
  'account.mfa.lead':
    'En godkendelsesapp på din telefon viser en ny kode hvert 30. sekund. Så kræver det både din adgangskode og din telefon at logge ind.',
  'account.mfa.none': 'Du har ikke konfigureret en godkendelsesapp.',
  'account.mfa.apps': 'Dine godkendelsesapps',
  'account.mfa.add': 'Tilføj en godkendelsesapp',
  'account.mfa.added': '{name} er tilføjet.',
  'account.mfa.disabled': '{name} er fjernet.',
  'account.app.added': 'Tilføjet {moment}',
  'account.app.used': 'Sidst brugt {moment}',
  'account.app.neverUsed': 'Ikke brugt endnu',
  'account.app.disable': 'Deaktiver',
  'account.app.last':
    'Denne kan ikke fjernes: Den er den sidste, og totrinsbekræftelse er påkrævet. Tilføj en anden først.',
  'account.session': 'Denne session',
  'account.session.since': 'Logget ind {moment}',
  'account.session.signOut': 'Log ud',
  'account.session.signOutHint':
    'Logger dig ud her og af de websteder, du er gået til herfra, næste gang de spørger.',
  'account.fresh.title': 'Log ind igen først',
  'account.fresh.text':
    'Det, du vil ændre, beskytter din konto. Derfor kræver det et login, der kun er få minutter gammelt. Bagefter kommer du tilbage til denne side.',
  'account.fresh.go': 'Log ind igen',

  'disable.title': 'Deaktiver {name}?',
  'disable.text':
    'Appens koder vil ikke længere blive accepteret for din konto. Skriv den kode, som appen viser nu, for at vise, at den er din. Fjern derefter kontoen fra appen.',
  'disable.confirm': 'Deaktiver',
  'disable.keep': 'Behold',

  'strength.1fa': 'Ét trin: din adgangskode',
  'strength.2fa': 'To trin, det andet med mail',
  'strength.aal2': 'To trin: din adgangskode og en kode fra din godkendelsesapp',
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
  'problem.method_not_allowed': 'Tjenesten afviste dette trin. Genindlæs siden.',
  'problem.wrong_password': 'E-mailadressen eller adgangskoden er forkert.',
  'problem.wrong_code': 'Koden er forkert.',
  'problem.wrong_code.tries.one': 'Koden er forkert. Du har ét forsøg mere, så skal du vente.',
  'problem.wrong_code.tries': 'Koden er forkert. Du har {count} forsøg mere, så skal du vente.',
  'problem.code_used': 'Koden er allerede brugt. Vent, til din app viser den næste.',
  'problem.code_expired': 'Koden gælder ikke længere. Bed om en ny.',
  'problem.throttled': 'For mange forsøg.',
  'problem.throttled.wait': 'Du kan prøve igen om {wait}.',
  'problem.throttled.over': 'Du kan prøve igen nu.',
  'problem.wrong_step': 'Dette login er nået videre. Genindlæs siden.',
  'problem.interaction_ended': 'Dette login er afsluttet.',
  'problem.pending_enrollment_gone': 'Nøglen gælder ikke længere. Fjern den fra din app, og begynd forfra.',
  'problem.factor_unusable': 'Denne app kan ikke bruges længere. Bed din administrator om at nulstille den.',
  'problem.exists': 'Det findes allerede.',
  'problem.last_factor':
    'Dette er din sidste godkendelsesapp, og totrinsbekræftelse er påkrævet. Tilføj en anden først.',
  'problem.password_refused': 'Denne adgangskode kan ikke bruges.',
  'problem.setup_link_gone': 'Linket er allerede brugt eller for gammelt.',
  'problem.login_required': 'Du er logget ud. Log ind igen.',
  'problem.fresh_authentication_required': 'Du skal logge ind igen for at lave denne ændring.',
  'problem.too_large': 'Det er for langt. Forkort det, og prøv igen.',
} as const satisfies Texts;
