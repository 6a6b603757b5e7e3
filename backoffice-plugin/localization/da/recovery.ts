// Danish: recovery codes, kept for later and used.
import type { recovery as english } from '../en/recovery.ts';

export const recovery = {
  'recovery.title': 'Brug en gendannelseskode',
  'recovery.lead': 'Med den kan du sætte en ny metode op i stedet for det, du har mistet.',
  'recovery.code': 'Gendannelseskode',
  'recovery.codeHint':
    'En af dem, du har gemt; hver kode virker én gang. Mellemrum og bindestreger er uden betydning.',
  'recovery.lost': 'Hvilke af disse kan du ikke bruge længere?',
  'recovery.lostHint': 'Det, du markerer, erstattes af det, du sætter op nu. Resten forbliver, som det er.',
  'check.recoveryCode': 'En gendannelseskode har {length} bogstaver og tal.',
  'check.lost': 'Markér mindst én, som du ikke kan bruge længere.',

  'pass.title': 'Brug et adgangspas',
  'pass.lead': 'Med det kan du sætte en ny metode op. Derefter logger du ind en gang til, med den.',
  'pass.code': 'Adgangspas',
  'pass.codeHint':
    'En administrator har givet dig det. Det virker én gang og kun i kort tid. Mellemrum og bindestreger er uden betydning.',
  'pass.mailInstead': 'Brug koden fra mailen',
  'check.pass': 'Et adgangspas har {length} bogstaver og tal.',

  'recoveryCodes.title': 'Gem dine gendannelseskoder',
  'recoveryCodes.lead':
    'Hvis du mister det, du logger ind med, kan du med en af disse sætte noget nyt op. Gem dem sammen med andre vigtige ting. De vises kun nu.',
  'recoveryCodes.list': 'Gendannelseskoder',
  'recoveryCodes.once': 'Hver kode virker én gang, sammen med din adgangskode.',
  'recoveryCodes.copy': 'Kopiér',
  'recoveryCodes.download': 'Download',
  'recoveryCodes.print': 'Udskriv',
  'recoveryCodes.file': 'gendannelseskoder.txt',
  'recoveryCodes.fileTitle': 'Gendannelseskoder til {service}, {moment}',
  'recoveryCodes.saved': 'Jeg har gemt dem',
  'recoveryCodes.gone':
    'Koderne blev vist én gang og kan ikke vises igen. Gå videre, hvis du har gemt dem. Ellers kan du lave et nyt sæt; så holder det første op med at virke.',
  'recoveryCodes.renew': 'Lav et nyt sæt',
  'recoveryCodes.haveThem': 'Jeg har gemt dem',
} as const satisfies Readonly<Record<keyof typeof english, string>>;
