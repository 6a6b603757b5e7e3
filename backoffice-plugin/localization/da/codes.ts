// Danish: what is said about factors and around a code.
import type { codes as english } from '../en/codes.ts';

export const codes = {
  'factor.totp': 'Godkendelsesapp',
  'factor.email': 'Mail',
  'factor.phone': 'Telefon',

  'unusable.waiting': 'For mange forkerte koder. Den kan bruges igen om lidt.',
  'unusable.waiting.until': 'For mange forkerte koder. Den kan bruges igen {moment}.',
  'unusable.disabled':
    'For mange forkerte koder i træk, så den er slået fra, indtil den sættes op på ny. En administrator kan hjælpe.',
  'unusable.suspended': 'Sat på pause et stykke tid, fordi din adgangskode blev nulstillet med en mail.',
  'unusable.suspended.until':
    'Sat på pause indtil {moment}, fordi din adgangskode blev nulstillet med en mail.',
  'unusable.not_offered': 'Koder til telefonen tilbydes ikke længere.',

  'trouble.bounced': 'Den seneste mail kom retur. Se efter, om postkassen stadig findes og har plads.',
  'trouble.complained': 'Den seneste mail blev meldt som spam, så den næste når måske ikke frem.',
  'trouble.blocked': 'Den seneste besked blev blokeret.',
  'trouble.unreachable': 'Den kunne ikke nås sidste gang.',
  'trouble.swapped': 'Nummerets SIM-kort er skiftet for nylig, så der blev ikke sendt en kode til det.',

  'code.offer.mail': 'Send en kode til {destination}',
  'code.offer.text': 'Send en sms',
  'code.offer.call': 'Ring til mig',
  'code.sending.mail': 'En mail med en kode er på vej til {destination}.',
  'code.sending.text': 'En sms med en kode er på vej til {destination}.',
  'code.sending.call':
    'Ringer til {destination}. Tag telefonen, og tryk på en tast; så læses koden op to gange.',
  'code.sent.mail': 'En mail med en kode er sendt til {destination}.',
  'code.sent.text': 'En sms med en kode er sendt til {destination}.',
  'code.sent.call':
    'Du bliver ringet op på {destination}. Tag telefonen, og tryk på en tast; så læses koden op to gange.',
  'code.failed.mail': 'Mailen til {destination} kunne ikke leveres.',
  'code.failed.text': 'Sms’en til {destination} kunne ikke leveres.',
  'code.failed.call': 'Opkaldet til {destination} kom ikke igennem.',
  'code.failed.again': 'Intet er gået tabt: Bed om en ny kode.',
  'code.failed.others': 'Intet er gået tabt: Bed om en ny kode, eller brug en af dine andre metoder.',
  'code.reference': 'Den nyeste besked har referencen',
  'code.resend.mail': 'Send en ny kode',
  'code.resend.text': 'Send en ny sms',
  'code.resend.call': 'Ring igen',
  'code.instead.text': 'Send en sms i stedet',
  'code.instead.call': 'Ring i stedet',
  'code.resendIn': 'Du kan få en ny kode om {wait}.',
  'code.resendNow': 'Du kan få en ny kode nu.',
  'code.old': 'Den kode, der blev sendt, gælder ikke længere. Bed om en ny.',

  'challenge.title': 'Skriv din kode',
  'challenge.lead': 'Åbn {name}, og skriv de {length} cifre, som appen viser for {service}.',
  'challenge.mailTitle': 'Få en kode på mail',
  'challenge.mailLead': 'Der er ikke sendt noget endnu. Koden har {length} cifre.',
  'challenge.phoneTitle': 'Få en kode på telefonen',
  'challenge.phoneLead': 'Der er ikke sendt noget endnu. Hvordan vil du have koden til {destination}?',
  'challenge.others': 'Prøv på en anden måde',
  'challenge.othersTitle': 'Vælg, hvordan du vil logge ind',
  'challenge.othersLead': 'Hver af dem viser, at det er dig.',
  'challenge.noneLead': 'Ingen af dine metoder kan bruges lige nu.',
  'challenge.recovery': 'Brug en gendannelseskode',
  'challenge.recoveryHint': 'Når du har mistet det, du logger ind med. Koder tilbage: {count}',
  'challenge.pass': 'Brug et adgangspas',
  'challenge.passHint': 'Når en administrator har givet dig et.',
  'challenge.help': 'Jeg kan ikke bruge nogen af dem',
  'challenge.helpHint': 'Dine administratorer får besked om, at du har brug for hjælp til at komme ind.',
  'challenge.helped':
    'Dine administratorer har fået besked. De ved, hvem du er, og kontakter dig; du kan lukke denne side.',
  'challenge.backToWays': 'Tilbage til de andre metoder',
} as const satisfies Readonly<Record<keyof typeof english, string>>;
