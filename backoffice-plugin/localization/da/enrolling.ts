// Danish: setting a factor up.
import type { enrolling as english } from '../en/enrolling.ts';

export const enrolling = {
  'enrollment.title': 'Slå totrinsbekræftelse til',
  'enrollment.title.totp': 'Konfigurer en godkendelsesapp',
  'enrollment.title.email': 'Få koder på mail',
  'enrollment.title.phone': 'Brug din telefon',
  'enrollment.because.recovery':
    'Din gendannelseskode er godkendt. Det, du sætter op nu, træder i stedet for det, du har mistet.',
  'enrollment.because.stronger':
    'Det, du har sat op indtil nu, er ikke stærkt nok til dette login, så der skal én metode mere til.',
  'enrollment.because.demanded': 'Det kræves af dig ud over det, du har sat op indtil nu.',
  'enrollment.because.pass':
    'Dit adgangspas er godkendt. Sæt det op, du vil logge ind med fra nu af; derefter logger du ind en gang til.',
  'enrollment.choose': 'Hvordan vil du vise, at det er dig?',
  'enrollment.kind.totp.text': 'En app på din telefon eller computer viser en ny kode hvert 30. sekund.',
  'enrollment.kind.email.text': 'Du får en kode på mail hver gang. Det er lige så sikkert som din postkasse.',
  'enrollment.kind.phone.text': 'Koden kommer som sms eller bliver læst op i et opkald.',
  'enrollment.chooseAnother': 'Vælg noget andet',
  'enrollment.preparing': 'Et øjeblik',
  'enrollment.start.totp': 'Konfigurer en godkendelsesapp',
  'enrollment.start.email': 'Brug min mail',
  'enrollment.start.phone': 'Brug min telefon',

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
  'enrollment.expired':
    'Nøglen blev ikke bekræftet i tide og gælder ikke længere. Fjern den fra din app, og begynd forfra.',
  'enrollment.sentExpired': 'Det blev ikke bekræftet i tide. Intet er ændret; begynd forfra.',

  'grace.title': 'Totrinsbekræftelse bliver snart påkrævet',
  'grace.titleMore': 'Endnu en metode bliver snart påkrævet',
  'grace.until': 'Fra {moment} kan du ikke logge ind uden.',
  'grace.lastDay': 'Der er mindre end en dag tilbage.',
  'grace.days.one': 'Der er én dag tilbage.',
  'grace.days.other': 'Der er {count} dage tilbage.',
  'grace.snoozes.one': 'Du kan udskyde det én gang til.',
  'grace.snoozes.other': 'Du kan udskyde det {count} gange til.',
  'grace.setUp': 'Sæt det op nu',
  'grace.snooze': 'Senere',

  'phone.risk':
    'Et telefonnummer kan blive overtaget: Sms’er og opkald kan blive omdirigeret, hvis nogen får dit teleselskab til at udstede et nyt SIM-kort, og de når ikke frem uden dækning.',
  'phone.riskAlternatives': 'Disse virker uden telefonnummer:',
  'phone.useAnyway': 'Brug min telefon alligevel',
  'phone.country': 'Land',
  'phone.number': 'Telefonnummer',
  'phone.numberHint': 'Kun numre fra landene på listen kan bruges.',
  'phone.change': 'Ret nummeret',
  'check.phone': 'Skriv dit telefonnummer.',
} as const satisfies Readonly<Record<keyof typeof english, string>>;
