// Recovery codes: kept for later, and used.

export const recovery = {
  'recovery.title': 'Use a recovery code',
  'recovery.lead': 'It lets you set up a new second factor in place of what you have lost.',
  'recovery.code': 'Recovery code',
  'recovery.codeHint': 'One of those that you saved; each works once. Spaces and dashes don’t matter.',
  'recovery.lost': 'Which of these can’t you use any more?',
  'recovery.lostHint': 'What is ticked is replaced by what you set up next. The rest stays as it is.',
  'check.recoveryCode': 'A recovery code has {length} letters and digits.',
  'check.lost': 'Tick at least one that you can’t use any more.',

  'pass.title': 'Use an access pass',
  'pass.lead': 'It lets you set up a new second factor. Then you sign in once more, with that one.',
  'pass.code': 'Access pass',
  'pass.codeHint':
    'An administrator gave it to you. It works once, and not for long. Spaces and dashes don’t matter.',
  'pass.mailInstead': 'Use the code from the mail',
  'check.pass': 'An access pass has {length} letters and digits.',

  'recoveryCodes.title': 'Save your recovery codes',
  'recoveryCodes.lead':
    'When you lose what you sign in with, one of these lets you set up something new. Keep them where you keep other important things. They are shown only now.',
  'recoveryCodes.list': 'Recovery codes',
  'recoveryCodes.once': 'Each works once, together with your password.',
  'recoveryCodes.copy': 'Copy',
  'recoveryCodes.download': 'Download',
  'recoveryCodes.print': 'Print',
  'recoveryCodes.file': 'recovery-codes.txt',
  'recoveryCodes.fileTitle': '{service} recovery codes of {moment}',
  'recoveryCodes.saved': 'I have saved these',
  'recoveryCodes.gone':
    'The codes were shown once and can’t be shown again. If you saved them, go on. If not, make a new set; then the first one stops working.',
  'recoveryCodes.renew': 'Make a new set',
  'recoveryCodes.haveThem': 'I have saved them',
} as const;
