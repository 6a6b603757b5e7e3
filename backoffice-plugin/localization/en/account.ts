// The account page: profile, second factors, recovery codes and sessions.

export const account = {
  'account.title': 'Profile',
  'account.administration': 'Administer your organisation',
  'account.sections': 'On this page',
  'account.name': 'Name',
  'account.email': 'Email',
  'account.organization': 'Organisation',
  'account.save': 'Save',

  'profile.details': 'Your details',
  'profile.add': 'Add',
  'profile.change': 'Change',
  'profile.remove': 'Remove',
  'profile.enterCode': 'Enter code',
  'profile.waiting': '{email} takes its place once you enter the code that was mailed to it.',
  'profile.trouble': 'A mail to {email} did not arrive ({moment}).',
  'profile.trouble.bounced':
    'Check whether the mailbox still exists and has room. If you can’t read it any more, change your address here, and choose a second factor that needs no mail.',
  'profile.trouble.complained':
    'It was reported as spam, so codes and notices may not reach you. Take the sender out of your spam list, or change your address here.',
  'profile.name.title': 'Change your name',
  'profile.name.text': 'This is how administrators and sites see you.',
  'profile.name.missing': 'Enter your name.',
  'profile.name.done': 'Your name was changed.',
  'profile.email.title': 'Change your email address',
  'profile.email.text':
    'You sign in with the new address once you have entered the code that is mailed to it.',
  'profile.email.told': '{email} gets a notice of the change.',
  'profile.email.new': 'New email address',
  'profile.email.missing': 'Enter an email address.',
  'profile.email.send': 'Send code',
  'profile.email.code': 'Enter the code that was mailed to {email}. Until then nothing changes.',
  'profile.email.other': 'Use another address',
  'profile.email.done': 'You sign in with {email} from now on. Your old address was told.',
  'profile.notice': 'Address for notices',
  'profile.notice.none':
    'None. With a second address you hear of changes even when you can’t read your mail.',
  'profile.notice.title': 'Set an address for notices',
  'profile.notice.text':
    'Notices about your account go there too: changed passwords, new factors, sign-ins with a recovery code. It can’t be used to sign in and never gets a code to sign in with.',
  'profile.notice.done': 'Notices go to {email}, too.',
  'profile.notice.removeTitle': 'Remove the address for notices?',
  'profile.notice.removeText': '{email} gets no notices any more. It is told once that it was removed.',
  'profile.notice.removed': 'The address for notices was removed.',
  'profile.language': 'Language',
  'profile.language.title': 'Change the language',
  'profile.language.text': 'For these pages, and for what is mailed, texted and spoken to you.',
  'profile.language.browser': 'As the browser asks',
  'profile.password.title': 'Change password',
  'profile.password.text':
    'You stay signed in here. Everywhere else you have to sign in with the new password.',
  'profile.password.hint': 'Not shown',
  'profile.password.current': 'Current password',
  'profile.password.new': 'New password',
  'profile.password.rule':
    'At least {length} characters. A few words that don’t belong together are strong and easy to keep.',
  'profile.password.show': 'Show passwords',
  'profile.password.tooShort': 'Use at least {length} characters for the new password.',
  'profile.password.wrong': 'The current password is wrong.',
  'profile.password.done': 'Your password was changed. Other sessions were ended.',

  'account.mfa': 'Multi-factor authentication method',
  'account.mfa.on': 'On',
  'account.mfa.off': 'Off',
  'account.mfa.lead':
    'After your password you show that it is you with one of these. Have two, so that losing one doesn’t lock you out.',
  'account.mfa.accepted': 'It takes {kinds}.',
  'account.mfa.accepted.totp': 'an authenticator app',
  'account.mfa.accepted.email': 'codes by mail',
  'account.mfa.accepted.phone': 'a phone',
  'account.mfa.least.aal2': 'Codes by mail are not enough.',
  'account.mfa.least.phr': 'Only a passkey is strong enough.',
  'account.mfa.none': 'None is set up. Your password alone opens your account.',
  'account.mfa.list': 'Your methods',
  'account.mfa.add': 'Add a method',
  'account.mfa.added': '{name} was added.',
  'account.mfa.removed': '{name} was removed. Other sessions were ended.',
  'account.mfa.pending': 'You have begun to add {destination}. It counts once you have entered its code.',
  'account.mfa.goOn': 'Go on adding it',
  'account.mfa.move':
    'Moving an authenticator app to a new phone? Add it there first, check that it works, then remove the old one.',
  'account.factor.added': 'Added {moment}',
  'account.factor.used': 'Last used {moment}',
  'account.factor.neverUsed': 'Not used yet',
  'account.factor.default': 'Default',
  'account.factor.makeDefault': 'Make default',
  'account.factor.isDefault': '{name} is asked for first from now on.',
  'account.factor.rename': 'Rename',
  'account.factor.renameTitle': 'Rename {name}',
  'account.factor.renameText': 'A name by which you know it from the others.',
  'account.factor.renamed': 'It is now called {name}.',
  'account.factor.notAccepted': 'Not accepted here',
  'account.factor.last':
    'This one can’t be removed: it is the last that counts, and a second factor is demanded. Add another one first.',

  'account.number.change': 'Change number',
  'account.number.title': 'Change the phone number',
  'account.number.text':
    'Do this before you give the old number up: first a code goes to {destination}, then one to the new number. Both are told of the change.',
  'account.number.gone':
    'Is the old number gone already? Then ask an administrator to reset it, or sign in with a recovery code and set up the new one.',
  'account.number.step': 'Step {step} of 3',
  'account.number.oldProven': 'You have shown that {destination} is yours. Now give the new number.',
  'account.number.newSent': 'Until you have entered the code, {destination} stays as it is.',
  'account.number.done':
    'The number of {name} was changed. Both numbers were told, and other sessions were ended.',

  'account.reset.all':
    '{by}, an administrator, wants your second factors reset: they are deleted, and you set up new ones.',
  'account.reset.one': '{by}, an administrator, wants {name} reset: it is deleted, and you set up a new one.',
  'account.reset.when': 'That happens at {moment}.',
  'account.reset.waits': 'That happens once another administrator has agreed, not before {moment}.',
  'account.reset.reason': 'The reason: {reason}',
  'account.reset.stop': 'Stop it',
  'account.reset.stopped': 'The reset was stopped. The administrators who wanted it are told.',
  'account.pass.issued':
    '{by}, an administrator, issued an access pass for your account at {moment}. If you did not ask for it, tell an administrator.',
  'account.pass.used':
    'The access pass that {by} issued for your account was used at {moment}. If that was not you, tell an administrator at once.',

  'disable.title': 'Remove {name}?',
  'disable.text.totp':
    'To show that the app is yours, type the code that it shows now. Its codes won’t be accepted any more; then remove the account from the app, too.',
  'disable.text.email':
    'To show that the mailbox is yours, enter a code that is mailed to it. It gets no more codes to sign in with.',
  'disable.text.phone':
    'To show that the number is yours, enter a code that is sent to it. It gets no more codes.',
  'disable.sessions': 'Your other sessions are ended.',
  'disable.confirm': 'Remove',
  'disable.keep': 'Keep it',

  'account.codes': 'Recovery codes',
  'account.codes.lead':
    'For when you have lost your other methods: with your password, one of these codes lets you set up a new one. Each works once.',
  'account.codes.later': 'You get them when you add your first method.',
  'account.codes.none':
    'You have none. Without them, only an administrator can help when you lose your methods.',
  'account.codes.left.one': '{count} code left',
  'account.codes.left.other': '{count} codes left',
  'account.codes.made': 'Made {moment}',
  'account.codes.few': 'Make a new set before they run out.',
  'account.codes.making': 'Making your recovery codes',
  'account.codes.make': 'Make recovery codes',
  'account.codes.new': 'Make a new set',
  'account.codes.newTitle': 'Make new recovery codes?',
  'account.codes.newText':
    'The codes that you have now stop working at once, wherever you keep them. The new ones are shown only this one time.',
  'account.codes.done': 'Your recovery codes were made. The ones that you saved are the only copy.',

  'session.title': 'Sessions',
  'session.lead': 'Where your account is signed in. End what you don’t know, then change your password.',
  'session.this': 'This one',
  'session.device': '{browser} on {system}',
  'session.unknownDevice': 'Unknown device',
  'session.unknownPlace': 'Unknown place',
  'session.times': 'Last seen {seen} · Signed in {begun}',
  'session.end': 'End',
  'session.ended': 'The session on {device} was ended.',
  'session.endOthers': 'End all others',
  'session.endOthersTitle': 'End all other sessions?',
  'session.endOthersText':
    'You stay signed in here. Every other browser has to sign in again; sites follow the next time they ask.',
  'session.othersStay': 'Your other sessions stay signed in.',
  'session.signOutElsewhere': 'Sign out everywhere else',
  'session.othersEnded': 'All other sessions were ended.',
  'session.alone': 'You are signed in nowhere else.',
  'session.signOut': 'Sign out',
  'session.signOutHint':
    'Signs you out here and of the sites that you entered from here the next time they ask.',

  'account.fresh.title': 'Sign in again first',
  'account.fresh.text':
    'What you want to change keeps your account safe, so it takes a sign-in that is only minutes old. You come back to this page and go on.',
  'account.fresh.go': 'Sign in again',
} as const;
