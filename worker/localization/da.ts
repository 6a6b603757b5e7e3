// Danish of what the service says itself. It has the keys of English, each with the same values.
import type { en } from './en.ts';
import type { Catalogue } from './format.ts';

export const da = {
  'page.account': 'Din konto',
  'page.admin': 'Administration af organisationer',
  'page.admin.none.title': 'Du administrerer ingen organisation',
  'page.admin.none.text':
    'Denne side er for administratorer og ejere af en organisation. Spørg en af dine, hvis du skal være det.',
  'page.admin.none.profile': 'Til din profil',
  'factor.email': 'E-mail',
  'factor.phone': 'Telefon',
  'factor.totp': 'Godkendelsesapp',
  'page.join': 'Bliv medlem af en organisation',
  'page.notMe': 'Det var ikke mig',
  'page.stop': 'Stop nulstillingen',
  'page.setup': 'Vælg en adgangskode',
  'page.signIn': 'Log ind',
  'page.toAccount': 'Gå til din konto',
  'page.noScript':
    'Du skal bruge JavaScript for at logge ind her. Slå det til i din browser for denne adresse, og genindlæs siden.',
  'page.signedOut.title': 'Du er logget ud',
  'page.signedOut.text':
    'Du er logget ud af denne tjeneste. Et websted, hvor du stadig er logget ind, kan have sin egen session.',
  'page.signedOut.again': 'Log ind igen',
  'page.tooMany.title': 'For mange login er begyndt',
  'page.tooMany.portal':
    'Der er begyndt for mange login fra din netværksadresse. Vent ti minutter, og prøv igen.',
  'page.tooMany.site':
    'Der er begyndt for mange login fra din netværksadresse. Vent ti minutter, gå tilbage til webstedet, og prøv igen.',
  'page.notStarted.title': 'Dette login kan ikke begyndes',
  'page.notStarted.text':
    'Gå tilbage til webstedet, og prøv igen. Sker det igen, så sig det til dem, der driver webstedet.',
  'page.spent.title': 'Dette login er afsluttet',
  'page.spent.text':
    'Det er gennemført, udløbet eller hører til en anden browser. Gå tilbage til webstedet, og log ind igen.',
  'page.signOut.title': 'Vil du logge ud?',
  'page.signOut.text':
    'Du bliver logget ud af denne tjeneste. Et websted, hvor du stadig er logget ind, kan have sin egen session.',
  'page.signOut.confirm': 'Log ud',
  'page.signOut.stay': 'Forbliv logget ind',
  'page.notSignedOut.title': 'Du blev ikke logget ud',
  'page.notSignedOut.text': 'Du er stadig logget ind. Du kan logge ud på siden med din konto.',
  'page.notFound.title': 'Der er ikke noget her',
  'page.notFound.text': 'Adressen er forkert, eller det, der var her, er væk.',
  'page.outage.title': 'Tjenesten er ikke tilgængelig lige nu',
  'page.failure.title': 'Noget gik galt her',
  'page.failure.text': 'Intet er gået tabt. Vent et øjeblik, og genindlæs siden.',
  'page.formPost.title': 'Du sendes tilbage til webstedet',
  'page.formPost.text': 'Gå videre til webstedet:',
  'page.formPost.continue': 'Fortsæt',

  'request.too_long': 'Forespørgslen er for lang.',
  'request.repeated': 'Forespørgslen har den samme parameter to gange.',
  'request.no_site': 'Forespørgslen nævner intet websted (client_id mangler).',
  'request.unknown_site': 'Det websted, der sendte dig hertil, er ikke registreret hos denne tjeneste.',
  'request.no_return': 'Forespørgslen siger ikke, hvor du skal sendes tilbage til (redirect_uri mangler).',
  'request.unknown_return':
    'Den adresse, du skal sendes tilbage til (redirect_uri), er ikke registreret for dette websted.',
  'request.bad_hint': 'Det angivne id_token_hint er ikke fra denne tjeneste.',
  'request.two_sites': 'client_id og id_token_hint nævner hvert sit websted.',
  'request.unknown_logout_return':
    'Den adresse, du skal sendes tilbage til (post_logout_redirect_uri), er ikke registreret for dette websted.',

  'password.too_short': 'Brug mindst {length} tegn; nogle få ord efter hinanden er nemme at huske.',
  'password.too_long': 'Brug højst {length} tegn.',
  'password.common': 'Dette er en af de adgangskoder, der bliver prøvet først. Vælg en anden.',
  'password.repeated': 'Denne gentager et kort stykke. Vælg noget mindre regelmæssigt.',
  'password.context':
    'Denne er lavet af dit navn, din adresse, din organisation eller denne tjeneste. Vælg noget, der ikke har med dem at gøre.',

  'device.known': '{browser} på {system}',
  'device.unknown': 'en ukendt enhed',
  'place.known': '{country} ({address})',
  'place.unknown': 'ukendt',
  'time.utc': '{moment} UTC',

  'fact.about': 'Vedrører',
  'fact.by': 'Af',
  'fact.reason': 'Begrundelse',
  'fact.device': 'Enhed',
  'fact.place': 'Sted',
  'fact.reference': 'Reference',
  'fact.referenceShown': '{reference} (skærmen viser den samme)',
  'fact.site': 'Websted',
  'fact.time': 'Tidspunkt',

  'code.subject.sign_in': 'Din kode til at logge ind på {site} ({reference})',
  'code.subject.mailbox': 'Bekræft din mailadresse ({reference})',
  'code.subject.enroll': 'Bekræft din totrinsbekræftelse ({reference})',
  'code.subject.prove': 'Bekræft en ændring af din konto ({reference})',
  'code.subject.new_address': 'Bekræft din nye adresse ({reference})',
  'code.heading.sign_in': 'Din engangskode til at logge ind',
  'code.heading.mailbox': 'Din engangskode til at bekræfte denne mailadresse',
  'code.heading.enroll': 'Din engangskode til at konfigurere totrinsbekræftelse',
  'code.heading.prove': 'Din engangskode til at bekræfte en ændring af din konto',
  'code.heading.new_address': 'Din engangskode til at bekræfte denne adresse',
  'code.use':
    'Skriv koden på den side, du kom fra. Den gælder i {minutes} minutter og kun for den side. Hvis nogen beder dig om den, er det ikke os.',
  'code.notYou.sign_in':
    'Hvis det ikke var dig, er der nogen, der kender din adgangskode. Brug ikke koden, og skift din adgangskode.',
  'code.notYou.mailbox':
    'Hvis det ikke var dig, er der nogen, der kender din adgangskode. Brug ikke koden, og skift din adgangskode.',
  'code.notYou.enroll':
    'Hvis det ikke var dig, har nogen angivet din adresse ved en fejl eller er logget ind på din konto. Brug ikke koden: Uden den sker der ikke noget.',
  'code.notYou.prove':
    'Hvis det ikke var dig, er der nogen, der er logget ind på din konto. Brug ikke koden, og skift din adgangskode.',
  'code.notYou.new_address':
    'Hvis det ikke var dig, har nogen angivet din adresse ved en fejl. Brug ikke koden: Uden den sker der ikke noget.',
  'code.notMe': 'Det var ikke mig',

  'notice.title.factor_added': 'Din konto har fået en ny måde at bekræfte login på',
  'notice.title.factor_removed': 'En måde at bekræfte login på er fjernet fra din konto',
  'notice.title.factor_changed': 'En måde at bekræfte login på er ændret på din konto',
  'notice.title.recovery_used': 'En af din kontos gendannelseskoder er brugt',
  'notice.title.recovery_codes_renewed': 'Din konto har fået nye gendannelseskoder',
  'notice.title.second_factor_failed': 'Et login mislykkedes ved totrinsbekræftelsen',
  'notice.title.second_factor_locked': 'Din totrinsbekræftelse er låst for en tid',
  'notice.title.password_changed': 'Din adgangskode er ændret',
  'notice.title.password_reset': 'Din adgangskode er udskiftet',
  'notice.title.email_changed': 'Din kontos mailadresse er ændret',
  'notice.title.notice_address_changed': 'Din adresse til meddelelser er ændret',
  'notice.title.reset_requested': 'Der er bedt om hjælp til din totrinsbekræftelse',
  'notice.title.suspended': 'Din konto er spærret',
  'notice.title.restored': 'Din konto kan bruges igen',
  'notice.title.role_changed': 'Det, du må i din organisation, er ændret',
  'notice.title.sessions_ended': 'Du er logget ud overalt',
  'notice.title.joined': 'Du er nu medlem af endnu en organisation',
  'notice.title.policy_changed': 'Din organisations sikkerhedspolitik er ændret',
  'notice.title.password_locked': 'Din konto er låst for en tid',
  'notice.title.pass_used': 'Et adgangspas til din konto er brugt',
  'notice.text.factor_added': 'Fra nu af kan den bruges, når du logger ind på din konto.',
  'notice.text.factor_removed': 'Den kan ikke længere bruges til at logge ind på din konto.',
  'notice.text.factor_changed': 'Den kan ikke længere bruges til at logge ind, som den var før.',
  'notice.text.recovery_used':
    'Den gav adgang til at konfigurere totrinsbekræftelse på ny og kan ikke bruges igen.',
  'notice.text.recovery_codes_renewed': 'De gamle koder virker ikke længere.',
  'notice.text.second_factor_failed': 'Adgangskoden var rigtig, men koden var forkert.',
  'notice.text.second_factor_locked':
    'Adgangskoden var rigtig, men der blev skrevet for mange forkerte koder. Efter en ventetid kan du prøve igen.',
  'notice.text.password_changed': 'Den gamle adgangskode virker ikke længere.',
  'notice.text.password_reset':
    'Nogen brugte linket til en glemt adgangskode og valgte en ny. Den gamle adgangskode virker ikke længere; totrinsbekræftelse er stadig påkrævet.',
  'notice.text.email_changed': 'Fra nu af logger du ind med den nye adresse.',
  'notice.text.notice_address_changed':
    'Det er den ekstra adresse, som meddelelser som denne også bliver sendt til.',
  'notice.text.reset_requested':
    'Din organisations administratorer har fået besked om, at du ikke kan bekræfte dit login på nogen måde.',
  'notice.text.suspended':
    'En administrator i din organisation har spærret den. Du er logget ud overalt og kan ikke logge ind.',
  'notice.text.restored':
    'En administrator i din organisation har ophævet spærringen. Du kan logge ind igen.',
  'notice.text.role_changed': 'En administrator i din organisation har givet dig en anden rolle.',
  'notice.text.sessions_ended':
    'En administrator i din organisation har afsluttet alle dine sessioner. Du kan logge ind igen når som helst.',
  'notice.text.joined':
    'En invitation blev accepteret med din konto. Du kan bruge den organisations websteder.',
  'notice.text.policy_changed':
    'Fra nu af gælder der andre krav, når medlemmerne logger ind. Du får denne mail, fordi du er en af organisationens administratorer.',
  'notice.text.password_locked':
    'Der blev skrevet for mange forkerte adgangskoder. Browsere, som du har logget ind med før, kan stadig bruges; andre må vente, og længere for hver gang. Ingen er kommet ind.',
  'notice.text.pass_used':
    'Det trådte i stedet for din totrinsbekræftelse og gav adgang til at konfigurere en ny. Det kan ikke bruges igen.',
  'notice.you': 'Hvis det var dig, behøver du ikke gøre noget.',
  'notice.notYou.change':
    'Hvis det ikke var dig, så log ind, fortryd ændringen, og vælg en ny adgangskode. Hvis du ikke længere kan logge ind, så kontakt straks en administrator i din organisation.',
  'notice.notYou.password':
    'Hvis det ikke var dig, er der nogen, der kender din adgangskode. Log ind, og skift den nu. Hvis du ikke kan logge ind, så kontakt en administrator i din organisation.',
  'notice.notYou.request':
    'Hvis det ikke var dig, så sig det straks til en administrator i din organisation, så din totrinsbekræftelse ikke bliver nulstillet.',
  'notice.notYou.administrator':
    'Hvis du ikke ved, hvorfor det er sket, så spørg en administrator i din organisation.',
  'notice.notYou.policy':
    'Hvis det ikke var dig, så spørg de andre administratorer. Hvis ingen af dem kender til det, så log ind, og fortryd ændringen.',
  'notice.notYou.guesses':
    'Hvis det ikke var dig, er der nogen, der prøver at gætte din adgangskode. En lang, som du ikke bruger andre steder, kan ikke gættes; skift den, hvis din ikke er sådan.',
  'notice.notYou.pass':
    'Hvis det ikke var dig, så sig det straks til en administrator i din organisation, og vælg en ny adgangskode.',

  'factorReset.title.asked': 'Din totrinsbekræftelse er ved at blive nulstillet',
  'factorReset.title.done': 'Din totrinsbekræftelse er nulstillet',
  'factorReset.title.cancelled': 'Nulstillingen af din totrinsbekræftelse er aflyst',
  'factorReset.text.asked':
    'En administrator i {organization} vil nulstille den: Den bliver slettet, du bliver logget ud alle steder, og ved næste login konfigurerer du en ny.',
  'factorReset.text.done':
    'En administrator i {organization} har nulstillet den: Den er slettet, og du er logget ud alle steder. Ved næste login konfigurerer du en ny.',
  'factorReset.text.cancelled':
    'En administrator i {organization} har aflyst den. Din totrinsbekræftelse forbliver, som den er.',
  'factorReset.when': 'Det sker {moment}.',
  'factorReset.whenAgreed': 'Det sker, når endnu en administrator har godkendt det, dog tidligst {moment}.',
  'factorReset.stop': 'Stop nulstillingen',
  'factorReset.closing.asked':
    'Hvis du selv har bedt om det, behøver du ikke gøre noget. Ellers så stop det: Så bliver intet slettet, og administratorerne får besked.',
  'factorReset.closing.done':
    'Hvis du ikke har bedt om det, så sig det straks til en administrator i din organisation, og vælg en ny adgangskode.',
  'factorReset.closing.cancelled': 'Du behøver ikke gøre noget.',

  'resetStopped.title': '{name} har stoppet nulstillingen',
  'resetStopped.text':
    '{name} ({email}), der er medlem af {organization}, har stoppet den nulstilling af sin totrinsbekræftelse, som du har bedt om eller godkendt. Intet er slettet.',
  'resetStopped.check':
    'Måske har nogen bedt dig om den i vedkommendes navn. Tal med vedkommende, før du beder om en ny.',

  'passIssued.title': 'Der er udstedt et adgangspas til din konto',
  'passIssued.text':
    'En administrator i {organization} har udstedt et adgangspas. Sammen med din adgangskode lader det dig konfigurere en ny totrinsbekræftelse, én gang; andet kan det ikke.',
  'passIssued.validity.one': 'Det gælder i ét minut.',
  'passIssued.validity.other': 'Det gælder i {count} minutter.',
  'passIssued.waits': 'Endnu en administrator skal godkende det, før det kan bruges.',
  'passIssued.later': 'Det kan bruges fra {moment}.',

  'reset.title': 'Vælg en ny adgangskode',
  'reset.text': 'Nogen, højst sandsynligt dig, har glemt adgangskoden til kontoen med denne adresse.',
  'reset.link': 'Vælg en ny adgangskode',
  'reset.validity.one':
    'Linket gælder i ét minut og virker én gang. Det logger dig ikke ind: Totrinsbekræftelse er stadig påkrævet.',
  'reset.validity.other':
    'Linket gælder i {count} minutter og virker én gang. Det logger dig ikke ind: Totrinsbekræftelse er stadig påkrævet.',
  'reset.notYou': 'Hvis det ikke var dig, behøver du ikke gøre noget: Din adgangskode forbliver, som den er.',

  'help.title': '{name} beder om hjælp til at logge ind',
  'help.text':
    '{name} ({email}), der er medlem af {organization}, kan ikke bekræfte sit login på nogen måde og beder administratorerne om hjælp.',
  'help.check':
    'Vær først sikker på, at det virkelig er personen selv: Tal sammen ansigt til ansigt, eller ring til et nummer, du kender. Stol ikke på et svar på en mail, og send aldrig en adgangskode eller en kode.',

  'setup.subject': 'Opret din konto hos {organization}',
  'setup.hello': 'Hej {name}',
  'setup.text': 'Du er nu medlem af {organization}. Vælg en adgangskode for at komme i gang:',
  'setup.link': 'Vælg en adgangskode',
  'setup.validity.one':
    'Linket gælder i én dag og virker én gang. Derefter logger du ind med denne adresse og din adgangskode.',
  'setup.validity.other':
    'Linket gælder i {count} dage og virker én gang. Derefter logger du ind med denne adresse og din adgangskode.',
  'setup.notYou': 'Hvis du ikke ventede dette, behøver du ikke gøre noget: Uden linket kommer ingen ind.',

  'join.subject': 'En invitation fra {organization}',
  'join.text':
    '{organization} inviterer dig til at blive medlem. Du har allerede en konto her: log ind med den for at sige ja. Din adgangskode og dine ekstra faktorer bliver, som de er, og din egen organisation tager sig fortsat af dem.',
  'join.link': 'Se invitationen',
  'join.validity.one': 'Linket gælder i én dag og virker én gang.',
  'join.validity.other': 'Linket gælder i {count} dage og virker én gang.',
  'join.notYou':
    'Hvis du ikke ventede dette, behøver du ikke gøre noget: hvis du ikke siger ja, får de intet at vide om dig.',

  'text.code.sign_in': '{code} er din {service}-kode til at logge ind på {site}.',
  'text.code.mailbox': '{code} er din {service}-kode til {site}.',
  'text.code.enroll': '{code} er din {service}-kode til at konfigurere denne telefon.',
  'text.code.prove': '{code} er din {service}-kode til at ændre din konto.',
  'text.code.new_address': '{code} er din {service}-kode til at bekræfte denne adresse.',
  'text.code.rest': 'Reference {reference}. Giv den ikke til nogen.',
  'text.notice': '{service}: {title}. {advice}',
  'text.notYou.administrator': 'Ved du ikke hvorfor? Spørg din administrator.',
  'text.notYou.change': 'Ikke dig? Log ind og fortryd, eller kontakt din administrator.',
  'text.notYou.password': 'Ikke dig? Nogen kender din adgangskode: Skift den nu.',
  'text.notYou.guesses': 'Ikke dig? Nogen gætter: Vælg en lang adgangskode.',
  'text.notYou.pass': 'Ikke dig? Sig det straks til din administrator.',
  'text.notYou.request': 'Ikke dig? Sig det straks til din administrator.',
  'text.notYou.policy': 'Ikke dig? Spørg de andre administratorer.',

  'call.greeting':
    'Hej. Dette er {service} med en kode til {site}. Tryk på en vilkårlig tast for at høre koden. Hvis det ikke var dig, der bad om den, så læg på.',
  'call.code': 'Referencen er {reference}. Din kode er:',
  'call.again': 'En gang til. Din kode er:',
  'call.expired': 'Koden gælder ikke længere. Bed om en ny på siden. Farvel.',
  'call.goodbye': 'Giv den ikke til nogen. Farvel.',
  'call.digit.0': 'nul',
  'call.digit.1': 'en',
  'call.digit.2': 'to',
  'call.digit.3': 'tre',
  'call.digit.4': 'fire',
  'call.digit.5': 'fem',
  'call.digit.6': 'seks',
  'call.digit.7': 'syv',
  'call.digit.8': 'otte',
  'call.digit.9': 'ni',
} as const satisfies Catalogue<typeof en>;
