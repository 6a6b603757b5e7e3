// The pages that links in mails lead to.

export const links = {
  'setup.title': 'Choose your password',
  'setup.lead': 'Welcome, {name}. This is the password of {email}, your account at {organization}.',
  'setup.rule':
    'At least {length} characters. A few words that don’t belong together are strong and easy to keep.',
  'setup.tooShort': 'Use at least {length} characters.',
  'setup.save': 'Save password',
  'setup.doneTitle': 'Password saved',
  'setup.done': 'You can sign in with it now.',
  'setup.goneTitle': 'This link can’t be used',
  'setup.gone':
    'It was used already, is too old, or is not complete. Open the newest mail, or ask your administrator for a new one. If you have a password already, sign in at your site.',

  'reset.title': 'Choose a new password',
  'reset.lead':
    'For {email}. This does not sign you in: afterwards you sign in with the new password, and your second factor is still asked for.',
  'reset.done': 'Nobody is signed in by this. Sign in with your new password now.',
  'reset.gone':
    'It was used already, is too old, or is not complete. Open the newest mail, or go back to the sign-in and choose “Forgot your password?” again.',

  'stop.title': 'Stop the reset?',
  'stop.lead':
    'An administrator of your organisation wants to reset your second factor: it would be deleted, and you would set up a new one. If you did not ask for that, stop it.',
  'stop.confirm': 'Stop the reset',
  'stop.close': 'If you asked for it, close this page; nothing is changed.',
  'stop.doneTitle': 'The reset was stopped',
  'stop.done': 'Your second factor stays as it is. The administrators who wanted it reset are told.',
  'stop.next': 'Somebody may have pretended to be you. Talk to an administrator whom you know.',
  'stop.account': 'Go to your account',
  'stop.goneTitle': 'There is nothing to stop',
  'stop.gone':
    'The reset was carried out, called off or stopped already, or the link is not complete. Your account shows what you have set up.',

  'notMe.title': 'Was this not you?',
  'notMe.lead':
    'You had a mail with a code that you did not ask for. Somebody may know your password. End what the code was asked for, so that it can’t be used.',
  'notMe.confirm': 'This was not me',
  'notMe.close': 'If it was you after all, close this page; nothing is changed.',
  'notMe.doneTitle': 'It was ended',
  'notMe.done': 'The code does not work any more, and whoever asked for it has to begin anew.',
  'notMe.next': 'Whoever asked for it probably knew your password, so change it now.',
  'notMe.password': 'Change your password',
  'notMe.forgot':
    'If you have forgotten it, choose “Forgot your password?” when you sign in. Use the new one nowhere else.',
  'notMe.goneTitle': 'There is nothing to end',
  'notMe.gone':
    'The link was used already, is not complete, or what it belongs to is over. If you did not ask for the code, change your password all the same.',

  'join.title': 'Join {organization}?',
  'join.loading': 'Your invitation',
  'join.lead':
    '{organization} invites you to become a member. Your own organisation goes on looking after your account; {organization} sees your name, your address and which kinds of second factor you have.',
  'join.accept': 'Join',
  'join.close': 'If you don’t want to, close this page; they learn nothing of you.',
  'join.doneTitle': 'You are a member now',
  'join.done': 'You can use the sites of {organization} with your account.',
  'join.account': 'Go to your account',
  'join.another':
    'This invitation is for another account. Sign out, sign in with the account that had the mail, and open its link again.',
  'join.goneTitle': 'This link can’t be used',
  'join.gone':
    'It was used already, is too old, or is not complete. Open the newest mail, or ask for a new invitation.',
} as const;
