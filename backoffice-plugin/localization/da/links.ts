// Danish: the pages that links in mails lead to.
import type { links as english } from '../en/links.ts';

export const links = {
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

  'reset.title': 'Vælg en ny adgangskode',
  'reset.lead':
    'Til kontoen {email}. Du bliver ikke logget ind her: Bagefter logger du ind med den nye adgangskode, og det andet trin skal stadig bekræftes.',
  'reset.done': 'Ingen er logget ind endnu. Log ind med din nye adgangskode nu.',
  'reset.gone':
    'Det er allerede brugt, for gammelt eller ikke fuldstændigt. Åbn den nyeste mail, eller gå tilbage til login, og vælg “Glemt din adgangskode?” igen.',

  'stop.title': 'Vil du stoppe nulstillingen?',
  'stop.lead':
    'En administrator i din organisation vil nulstille din totrinsbekræftelse: Den ville blive slettet, og du skulle sætte en ny op. Stop det, hvis du ikke har bedt om det.',
  'stop.confirm': 'Stop nulstillingen',
  'stop.close': 'Har du selv bedt om det, så luk siden; intet er ændret.',
  'stop.doneTitle': 'Nulstillingen er stoppet',
  'stop.done':
    'Din totrinsbekræftelse forbliver, som den er. De administratorer, der ville nulstille den, får besked.',
  'stop.next': 'Måske har nogen udgivet sig for at være dig. Tal med en administrator, du kender.',
  'stop.account': 'Gå til din konto',
  'stop.goneTitle': 'Der er ikke noget at stoppe',
  'stop.gone':
    'Nulstillingen er allerede gennemført, aflyst eller stoppet, eller linket er ikke fuldstændigt. Din konto viser, hvad du har sat op.',

  'notMe.title': 'Var det ikke dig?',
  'notMe.lead':
    'Du har fået en mail med en kode, som du ikke har bedt om. Nogen kender måske din adgangskode. Afslut det, koden skulle bruges til, så den ikke kan bruges.',
  'notMe.confirm': 'Det var ikke mig',
  'notMe.close': 'Var det dig alligevel, så luk siden; intet er ændret.',
  'notMe.doneTitle': 'Det er afsluttet',
  'notMe.done': 'Koden virker ikke længere, og den, der bad om den, må begynde forfra.',
  'notMe.next': 'Den, der bad om koden, kendte formentlig din adgangskode, så skift den nu.',
  'notMe.password': 'Skift din adgangskode',
  'notMe.forgot':
    'Har du glemt den, så vælg “Glemt din adgangskode?”, når du logger ind. Brug ikke den nye andre steder.',
  'notMe.goneTitle': 'Der er ikke noget at afslutte',
  'notMe.gone':
    'Linket er allerede brugt eller ikke fuldstændigt, eller det, det hører til, er forbi. Har du ikke bedt om koden, så skift din adgangskode alligevel.',

  'join.title': 'Bliv medlem af {organization}?',
  'join.loading': 'Din invitation',
  'join.lead':
    '{organization} inviterer dig til at blive medlem. Din egen organisation tager sig fortsat af din konto; {organization} ser dit navn, din adresse og hvilke slags ekstra faktorer du har.',
  'join.accept': 'Bliv medlem',
  'join.close': 'Hvis du ikke vil, så luk siden; de får intet at vide om dig.',
  'join.doneTitle': 'Du er medlem nu',
  'join.done': 'Du kan bruge {organization}s websteder med din konto.',
  'join.account': 'Gå til din konto',
  'join.another':
    'Invitationen er til en anden konto. Log ud, log ind med den konto, der fik mailen, og åbn linket igen.',
  'join.goneTitle': 'Linket kan ikke bruges',
  'join.gone':
    'Det er allerede brugt, for gammelt eller ikke helt. Åbn den nyeste mail, eller bed om en ny invitation.',
} as const satisfies Readonly<Record<keyof typeof english, string>>;
