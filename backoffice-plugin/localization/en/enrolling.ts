// Setting a factor up.

export const enrolling = {
  'enrollment.title': 'Set up a second factor',
  'enrollment.title.totp': 'Set up an authenticator app',
  'enrollment.title.email': 'Set up codes by mail',
  'enrollment.title.phone': 'Set up your phone',
  'enrollment.because.recovery':
    'Your recovery code was accepted. What you set up now takes the place of what you have lost.',
  'enrollment.because.stronger':
    'What you have set up so far is not strong enough for this sign-in, so one more is needed.',
  'enrollment.because.demanded': 'This is asked of you beside what you have set up so far.',
  'enrollment.because.pass':
    'Your access pass was accepted. Set up what you sign in with from now on; then you sign in once more.',
  'enrollment.choose': 'How do you want to show that it is you?',
  'enrollment.kind.totp.text': 'An app on your phone or computer shows a new code every 30 seconds.',
  'enrollment.kind.email.text': 'A code is mailed to you each time. It is as safe as your mailbox.',
  'enrollment.kind.phone.text': 'A code comes as a text, or is read out in a call.',
  'enrollment.chooseAnother': 'Choose something else',
  'enrollment.preparing': 'One moment',
  'enrollment.start.totp': 'Set up an authenticator app',
  'enrollment.start.email': 'Use my mailbox',
  'enrollment.start.phone': 'Use my phone',

  'enrollment.step.add': 'Add the account to your app',
  'enrollment.step.addText':
    'Open an authenticator app on your phone, such as Google Authenticator, Microsoft Authenticator or 1Password. Scan the picture, or type the key.',
  'enrollment.step.confirm': 'Type the code that the app shows',
  'enrollment.qr': 'QR code with the key of this account',
  'enrollment.key': 'Key',
  'enrollment.keyHint': 'Based on time, 6 digits',
  'enrollment.openApp': 'Open in an app on this device',
  'enrollment.name': 'Name',
  'enrollment.nameHint': 'So that you can tell it from others later',
  'enrollment.expired':
    'This key was not confirmed in time and is no longer valid. Remove it from your app and start again.',
  'enrollment.sentExpired': 'This was not confirmed in time. Nothing was set up; start again.',

  'grace.title': 'A second factor is needed soon',
  'grace.titleMore': 'Another second factor is needed soon',
  'grace.until': 'From {moment} on, you can’t sign in without it.',
  'grace.lastDay': 'Less than a day is left.',
  'grace.days.one': 'One day is left.',
  'grace.days.other': '{count} days are left.',
  'grace.snoozes.one': 'You can put it off once more.',
  'grace.snoozes.other': 'You can put it off {count} more times.',
  'grace.setUp': 'Set it up now',
  'grace.snooze': 'Later',

  'phone.risk':
    'A phone number can be taken over: texts and calls can be redirected by whoever talks your operator into a new SIM card, and they don’t arrive without coverage.',
  'phone.riskAlternatives': 'These work without a phone number:',
  'phone.useAnyway': 'Use my phone anyway',
  'phone.country': 'Country',
  'phone.number': 'Phone number',
  'phone.numberHint': 'Only numbers of the listed countries can be used.',
  'phone.change': 'Change the number',
  'check.phone': 'Enter your phone number.',
} as const;
