// Danish: the account page.
import type { account as english } from '../en/account.ts';

export const account = {
  'account.title': 'Profil',
  'account.administration': 'Administrér din organisation',
  'account.sections': 'På denne side',
  'account.name': 'Navn',
  'account.email': 'E-mail',
  'account.organization': 'Organisation',
  'account.save': 'Gem',

  'profile.details': 'Dine oplysninger',
  'profile.add': 'Tilføj',
  'profile.change': 'Skift',
  'profile.remove': 'Fjern',
  'profile.enterCode': 'Skriv kode',
  'profile.waiting': '{email} træder i stedet, når du har skrevet den kode, der blev sendt til adressen.',
  'profile.trouble': 'En mail til {email} nåede ikke frem ({moment}).',
  'profile.trouble.bounced':
    'Se efter, om postkassen stadig findes og har plads. Kan du ikke læse den længere, så skift din adresse her, og vælg en metode, der ikke bruger mail.',
  'profile.trouble.complained':
    'Den blev meldt som spam, så koder og beskeder når måske ikke frem til dig. Fjern afsenderen fra din spamliste, eller skift din adresse her.',
  'profile.name.title': 'Skift dit navn',
  'profile.name.text': 'Sådan ser administratorer og websteder dig.',
  'profile.name.missing': 'Skriv dit navn.',
  'profile.name.done': 'Dit navn er ændret.',
  'profile.email.title': 'Skift din e-mailadresse',
  'profile.email.text':
    'Du logger ind med den nye adresse, når du har skrevet den kode, der bliver sendt til den.',
  'profile.email.told': '{email} får besked om ændringen.',
  'profile.email.new': 'Ny e-mailadresse',
  'profile.email.missing': 'Skriv en e-mailadresse.',
  'profile.email.send': 'Send kode',
  'profile.email.code': 'Skriv den kode, der er sendt til {email}. Indtil da ændres der intet.',
  'profile.email.other': 'Brug en anden adresse',
  'profile.email.done': 'Du logger ind med {email} fra nu af. Din gamle adresse har fået besked.',
  'profile.notice': 'Adresse til beskeder',
  'profile.notice.none':
    'Ingen. Med en ekstra adresse hører du om ændringer, også når du ikke kan læse din mail.',
  'profile.notice.title': 'Vælg en adresse til beskeder',
  'profile.notice.text':
    'Beskeder om din konto sendes også dertil: skiftet adgangskode, nye metoder, login med en gendannelseskode. Adressen kan ikke bruges til at logge ind og får aldrig en kode til at logge ind med.',
  'profile.notice.done': 'Beskeder sendes nu også til {email}.',
  'profile.notice.removeTitle': 'Fjern adressen til beskeder?',
  'profile.notice.removeText': '{email} får ikke flere beskeder. Den får én sidste om, at den er fjernet.',
  'profile.notice.removed': 'Adressen til beskeder er fjernet.',
  'profile.language': 'Sprog',
  'profile.language.title': 'Skift sprog',
  'profile.language.text': 'Gælder disse sider og det, du får på mail, sms og i opkald.',
  'profile.language.browser': 'Som browseren beder om',
  'profile.password.title': 'Skift adgangskode',
  'profile.password.text':
    'Du forbliver logget ind her. Alle andre steder skal du logge ind med den nye adgangskode.',
  'profile.password.hint': 'Vises ikke',
  'profile.password.current': 'Nuværende adgangskode',
  'profile.password.new': 'Ny adgangskode',
  'profile.password.rule':
    'Mindst {length} tegn. Nogle få ord, der ikke hører sammen, er stærke og lette at huske.',
  'profile.password.show': 'Vis adgangskoder',
  'profile.password.tooShort': 'Brug mindst {length} tegn til den nye adgangskode.',
  'profile.password.wrong': 'Den nuværende adgangskode er forkert.',
  'profile.password.done': 'Din adgangskode er skiftet. Andre sessioner er afsluttet.',

  'account.mfa': 'Totrinsbekræftelse',
  'account.mfa.on': 'Til',
  'account.mfa.off': 'Fra',
  'account.mfa.lead':
    'Efter adgangskoden viser du med en af disse metoder, at det er dig. Hav to, så du ikke bliver låst ude, hvis du mister den ene.',
  'account.mfa.accepted': 'Det skal være {kinds}.',
  'account.mfa.accepted.totp': 'en godkendelsesapp',
  'account.mfa.accepted.email': 'koder på mail',
  'account.mfa.accepted.phone': 'en telefon',
  'account.mfa.least.aal2': 'Koder på mail er ikke nok.',
  'account.mfa.least.phr': 'Kun en adgangsnøgle er stærk nok.',
  'account.mfa.none': 'Ingen metode er sat op. Adgangskoden alene åbner din konto.',
  'account.mfa.list': 'Dine metoder',
  'account.mfa.add': 'Tilføj en metode',
  'account.mfa.added': '{name} er tilføjet.',
  'account.mfa.removed': '{name} er fjernet. Andre sessioner er afsluttet.',
  'account.mfa.pending': 'Du er begyndt at tilføje {destination}. Metoden gælder, når du har skrevet koden.',
  'account.mfa.goOn': 'Fortsæt',
  'account.mfa.move':
    'Flytter du en godkendelsesapp til en ny telefon? Tilføj den dér først, se efter, at den virker, og fjern så den gamle.',
  'account.factor.added': 'Tilføjet {moment}',
  'account.factor.used': 'Sidst brugt {moment}',
  'account.factor.neverUsed': 'Ikke brugt endnu',
  'account.factor.default': 'Standard',
  'account.factor.makeDefault': 'Gør til standard',
  'account.factor.isDefault': 'Fra nu af bruges {name} først.',
  'account.factor.rename': 'Omdøb',
  'account.factor.renameTitle': 'Omdøb {name}',
  'account.factor.renameText': 'Et navn, du kan kende den fra de andre på.',
  'account.factor.renamed': 'Den hedder nu {name}.',
  'account.factor.notAccepted': 'Godkendes ikke her',
  'account.factor.last':
    'Denne kan ikke fjernes: Den er den sidste, der tæller, og totrinsbekræftelse er påkrævet. Tilføj en anden først.',

  'account.number.change': 'Skift nummer',
  'account.number.title': 'Skift telefonnummer',
  'account.number.text':
    'Gør det, før du opgiver det gamle nummer: Først sendes en kode til {destination}, så en til det nye nummer. Begge får besked om ændringen.',
  'account.number.gone':
    'Er det gamle nummer allerede væk? Så bed en administrator om at nulstille det, eller log ind med en gendannelseskode, og sæt det nye op.',
  'account.number.step': 'Trin {step} af 3',
  'account.number.oldProven': 'Du har vist, at {destination} er dit. Skriv nu det nye nummer.',
  'account.number.newSent': 'Indtil du har skrevet koden, bliver {destination}, som det er.',
  'account.number.done':
    'Nummeret for {name} er skiftet. Begge numre har fået besked, og andre sessioner er afsluttet.',

  'account.reset.all':
    '{by}, der er administrator, vil nulstille dine bekræftelsesmetoder: De bliver slettet, og du sætter nye op.',
  'account.reset.one':
    '{by}, der er administrator, vil nulstille {name}: Den bliver slettet, og du sætter en ny op.',
  'account.reset.when': 'Det sker {moment}.',
  'account.reset.waits': 'Det sker, når endnu en administrator har godkendt det, dog tidligst {moment}.',
  'account.reset.reason': 'Begrundelsen: {reason}',
  'account.reset.stop': 'Stop det',
  'account.reset.stopped': 'Nulstillingen er stoppet. De administratorer, der ville den, får besked.',
  'account.pass.issued':
    '{by}, der er administrator, udstedte et adgangspas til din konto {moment}. Sig det til en administrator, hvis du ikke har bedt om det.',
  'account.pass.used':
    'Det adgangspas, som {by} udstedte til din konto, blev brugt {moment}. Sig det straks til en administrator, hvis det ikke var dig.',

  'disable.title': 'Fjern {name}?',
  'disable.text.totp':
    'Vis, at appen er din: Skriv den kode, den viser nu. Dens koder bliver ikke godkendt længere; fjern derefter også kontoen fra appen.',
  'disable.text.email':
    'Vis, at postkassen er din: Skriv en kode, der bliver sendt til den. Den får ikke flere koder til at logge ind med.',
  'disable.text.phone':
    'Vis, at nummeret er dit: Skriv en kode, der bliver sendt til det. Det får ikke flere koder.',
  'disable.sessions': 'Dine andre sessioner bliver afsluttet.',
  'disable.confirm': 'Fjern',
  'disable.keep': 'Behold',

  'account.codes': 'Gendannelseskoder',
  'account.codes.lead':
    'Til når du har mistet dine andre metoder: Sammen med din adgangskode lader en af disse koder dig sætte en ny metode op. Hver kode virker én gang.',
  'account.codes.later': 'Du får dem, når du tilføjer din første metode.',
  'account.codes.none':
    'Du har ingen. Uden dem kan kun en administrator hjælpe, hvis du mister dine metoder.',
  'account.codes.left.one': '{count} kode tilbage',
  'account.codes.left.other': '{count} koder tilbage',
  'account.codes.made': 'Lavet {moment}',
  'account.codes.few': 'Lav et nyt sæt, før de slipper op.',
  'account.codes.making': 'Laver dine gendannelseskoder',
  'account.codes.make': 'Lav gendannelseskoder',
  'account.codes.new': 'Lav et nyt sæt',
  'account.codes.newTitle': 'Lav nye gendannelseskoder?',
  'account.codes.newText':
    'De koder, du har nu, holder straks op med at virke, uanset hvor du har gemt dem. De nye vises kun denne ene gang.',
  'account.codes.done': 'Dine gendannelseskoder er lavet. Dem, du har gemt, er de eneste.',

  'session.title': 'Sessioner',
  'session.lead': 'Her er din konto logget ind. Afslut det, du ikke kender, og skift så din adgangskode.',
  'session.this': 'Denne',
  'session.device': '{browser} på {system}',
  'session.unknownDevice': 'Ukendt enhed',
  'session.unknownPlace': 'Ukendt sted',
  'session.times': 'Sidst set {seen} · Logget ind {begun}',
  'session.end': 'Afslut',
  'session.ended': 'Sessionen på {device} er afsluttet.',
  'session.endOthers': 'Afslut alle andre',
  'session.endOthersTitle': 'Afslut alle andre sessioner?',
  'session.endOthersText':
    'Du forbliver logget ind her. Alle andre browsere skal logge ind igen; webstederne følger med, næste gang de spørger.',
  'session.othersStay': 'Dine andre sessioner er stadig logget ind.',
  'session.signOutElsewhere': 'Log ud alle andre steder',
  'session.othersEnded': 'Alle andre sessioner er afsluttet.',
  'session.alone': 'Du er ikke logget ind andre steder.',
  'session.signOut': 'Log ud',
  'session.signOutHint': 'Logger dig ud her og på de websteder, du gik ind på herfra, næste gang de spørger.',

  'account.fresh.title': 'Log ind igen først',
  'account.fresh.text':
    'Det, du vil ændre, beskytter din konto, så det kræver et login, der kun er få minutter gammelt. Du kommer tilbage hertil og fortsætter.',
  'account.fresh.go': 'Log ind igen',
} as const satisfies Readonly<Record<keyof typeof english, string>>;
