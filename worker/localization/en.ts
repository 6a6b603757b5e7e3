// English of what the service says itself: mails, texts, spoken words, pages, reasons. The keys of this object are the
// keys of every language: a missing one is a compile error. `{name}` is a value that is put in.

export const en = {
  'page.account': 'Your account',
  'page.admin': 'Administration of organisations',
  'page.admin.none.title': 'You administer no organisation',
  'page.admin.none.text':
    'This page is for the administrators and owners of an organisation. Ask one of yours if you should be one.',
  'page.admin.none.profile': 'To your profile',
  'factor.email': 'Email',
  'factor.phone': 'Phone',
  'factor.totp': 'Authenticator app',
  'page.join': 'Join an organisation',
  'page.notMe': 'This was not me',
  'page.stop': 'Stop the reset',
  'page.setup': 'Choose a password',
  'page.signIn': 'Sign in',
  'page.toAccount': 'Go to your account',
  'page.noScript':
    'Signing in here needs JavaScript. Turn it on in your browser for this address, then load the page again.',
  'page.signedOut.title': 'You are signed out',
  'page.signedOut.text':
    'You are signed out of this service. A site where you are still signed in may keep its own session.',
  'page.signedOut.again': 'Sign in again',
  'page.tooMany.title': 'Too many sign-ins were begun',
  'page.tooMany.portal':
    'Too many sign-ins were begun from your network address. Wait ten minutes, then try again.',
  'page.tooMany.site':
    'Too many sign-ins were begun from your network address. Wait ten minutes, then go back to the site and try again.',
  'page.notStarted.title': 'This sign-in can’t be started',
  'page.notStarted.text':
    'Go back to the site and try again. If it happens again, tell the people who run the site.',
  'page.spent.title': 'This sign-in is over',
  'page.spent.text':
    'It was finished, has expired, or belongs to another browser. Go back to the site and sign in again.',
  'page.signOut.title': 'Sign out?',
  'page.signOut.text':
    'You will be signed out of this service. A site where you are still signed in may keep its own session.',
  'page.signOut.confirm': 'Sign out',
  'page.signOut.stay': 'Stay signed in',
  'page.notSignedOut.title': 'Signing out did not work',
  'page.notSignedOut.text': 'You are still signed in. You can sign out on your account page.',
  'page.notFound.title': 'There is nothing here',
  'page.notFound.text': 'The address is wrong, or what was here is gone.',
  'page.outage.title': 'The service is not available right now',
  'page.failure.title': 'Something went wrong here',
  'page.failure.text': 'Nothing is lost. Wait a moment, then load the page again.',
  'page.formPost.title': 'Returning to the site',
  'page.formPost.text': 'Go on to the site:',
  'page.formPost.continue': 'Continue',

  'request.too_long': 'The request is too long.',
  'request.repeated': 'The request has a parameter twice.',
  'request.no_site': 'The request names no site (client_id is missing).',
  'request.unknown_site': 'The site that sent you here is not registered with this service.',
  'request.no_return': 'The request does not say where to return to (redirect_uri is missing).',
  'request.unknown_return':
    'The address to return to (redirect_uri) is not one that is registered for this site.',
  'request.bad_hint': 'The id_token_hint is not one of this service.',
  'request.two_sites': 'client_id and id_token_hint name different sites.',
  'request.unknown_logout_return':
    'The address to return to (post_logout_redirect_uri) is not registered for this site.',

  'password.too_short': 'Use at least {length} characters; a few words in a row are easy to remember.',
  'password.too_long': 'Use at most {length} characters.',
  'password.common': 'This is one of the passwords that are tried first. Choose another.',
  'password.repeated': 'This repeats one short piece. Choose something less regular.',
  'password.context':
    'This is made of your name, address, organisation or this service. Choose something unrelated.',

  'device.known': '{browser} on {system}',
  'device.unknown': 'an unknown device',
  'place.known': '{country} ({address})',
  'place.unknown': 'unknown',
  'time.utc': '{moment} UTC',

  'fact.about': 'Concerns',
  'fact.by': 'By',
  'fact.reason': 'Reason given',
  'fact.device': 'Device',
  'fact.place': 'Place',
  'fact.reference': 'Reference',
  'fact.referenceShown': '{reference} (the screen shows the same)',
  'fact.site': 'Site',
  'fact.time': 'Time',

  'code.subject.sign_in': 'Your code to sign in to {site} ({reference})',
  'code.subject.mailbox': 'Confirm your mailbox ({reference})',
  'code.subject.enroll': 'Confirm your second factor ({reference})',
  'code.subject.prove': 'Confirm a change to your account ({reference})',
  'code.subject.new_address': 'Confirm your new address ({reference})',
  'code.heading.sign_in': 'Your code to sign in',
  'code.heading.mailbox': 'Your code to confirm this mailbox',
  'code.heading.enroll': 'Your code to set up a second factor',
  'code.heading.prove': 'Your code to confirm a change to your account',
  'code.heading.new_address': 'Your code to confirm this address',
  'code.use':
    'Type the code into the page that you came from. It is good for {minutes} minutes and for that page alone. Someone who asks you for it is not us.',
  'code.notYou.sign_in':
    'If this was not you, somebody knows your password. Don’t use the code, and change your password.',
  'code.notYou.mailbox':
    'If this was not you, somebody knows your password. Don’t use the code, and change your password.',
  'code.notYou.enroll':
    'If this was not you, somebody gave your address by mistake, or is signed in to your account. Don’t use the code: without it nothing happens.',
  'code.notYou.prove':
    'If this was not you, somebody is signed in to your account. Don’t use the code, and change your password.',
  'code.notYou.new_address':
    'If this was not you, somebody gave your address by mistake. Don’t use the code: without it nothing happens.',
  'code.notMe': 'This was not me',

  'notice.title.factor_added': 'A second factor was added to your account',
  'notice.title.factor_removed': 'A second factor was removed from your account',
  'notice.title.factor_changed': 'A second factor of your account was changed',
  'notice.title.recovery_used': 'A recovery code of your account was used',
  'notice.title.recovery_codes_renewed': 'Your account has new recovery codes',
  'notice.title.second_factor_failed': 'A sign-in failed at the second factor',
  'notice.title.second_factor_locked': 'Your second factor is locked for a while',
  'notice.title.password_changed': 'Your password was changed',
  'notice.title.password_reset': 'Your password was replaced',
  'notice.title.email_changed': 'The address of your account was changed',
  'notice.title.notice_address_changed': 'Your address for notices was changed',
  'notice.title.reset_requested': 'Help with your second factor was asked for',
  'notice.title.suspended': 'Your account was suspended',
  'notice.title.restored': 'Your account can be used again',
  'notice.title.role_changed': 'What you may do in your organisation was changed',
  'notice.title.sessions_ended': 'You were signed out everywhere',
  'notice.title.joined': 'You are now a member of another organisation',
  'notice.title.policy_changed': 'The security policy of your organisation was changed',
  'notice.title.password_locked': 'Your account is locked for a while',
  'notice.title.pass_used': 'An access pass of your account was used',
  'notice.text.factor_added': 'From now on it can be used to sign in to your account.',
  'notice.text.factor_removed': 'It can no longer be used to sign in to your account.',
  'notice.text.factor_changed': 'What it was before can no longer be used to sign in to your account.',
  'notice.text.recovery_used': 'It opened the set-up of a new second factor and can’t be used again.',
  'notice.text.recovery_codes_renewed': 'The old codes no longer work.',
  'notice.text.second_factor_failed': 'The password was right, but the code was wrong.',
  'notice.text.second_factor_locked':
    'The password was right, but too many wrong codes were given. After a wait it can be tried again.',
  'notice.text.password_changed': 'The old password no longer works.',
  'notice.text.password_reset':
    'Somebody used the link for a forgotten password and chose a new one. The old password no longer works; the second factor is still asked for.',
  'notice.text.email_changed': 'From now on you sign in with the new address.',
  'notice.text.notice_address_changed':
    'This is the second address, to which notices such as this one are sent too.',
  'notice.text.reset_requested':
    'The administrators of your organisation were told that you can use none of your factors.',
  'notice.text.suspended':
    'An administrator of your organisation suspended it. You are signed out everywhere and can’t sign in.',
  'notice.text.restored':
    'An administrator of your organisation lifted the suspension. You can sign in again.',
  'notice.text.role_changed': 'An administrator of your organisation gave you another role.',
  'notice.text.sessions_ended':
    'An administrator of your organisation ended all your sessions. You can sign in again at any time.',
  'notice.text.joined':
    'An invitation was accepted with your account. You may use the sites of that organisation.',
  'notice.text.policy_changed':
    'What is demanded of its members at sign-in is another from now on. You get this mail because you are one of its administrators.',
  'notice.text.password_locked':
    'Too many wrong passwords were given. Browsers with which you signed in before can still be used; others have to wait, and longer each time. Nobody got in.',
  'notice.text.pass_used':
    'It stood in for your second factor and opened the set-up of a new one. It can’t be used again.',
  'notice.you': 'If this was you, you need not do anything.',
  'notice.notYou.change':
    'If this was not you, sign in, undo the change and choose a new password. If you can no longer sign in, ask an administrator of your organisation at once.',
  'notice.notYou.password':
    'If this was not you, somebody knows your password. Sign in and change it now. If you can’t sign in, ask an administrator of your organisation.',
  'notice.notYou.request':
    'If this was not you, tell an administrator of your organisation at once, so that your factors are not reset.',
  'notice.notYou.administrator':
    'If you don’t know why this was done, ask an administrator of your organisation.',
  'notice.notYou.policy':
    'If this was not you, ask the other administrators. If none of them knows of it, sign in and undo the change.',

  'notice.notYou.guesses':
    'If this was not you, somebody tries to guess your password. A long one that you use nowhere else can’t be guessed; change it if yours is not.',
  'notice.notYou.pass':
    'If this was not you, tell an administrator of your organisation at once, and choose a new password.',

  'factorReset.title.asked': 'Your second factor is about to be reset',
  'factorReset.title.done': 'Your second factor was reset',
  'factorReset.title.cancelled': 'The reset of your second factor was called off',
  'factorReset.text.asked':
    'An administrator of {organization} wants it reset: it is deleted, you are signed out everywhere, and at the next sign-in you set up a new one.',
  'factorReset.text.done':
    'An administrator of {organization} had it reset: it was deleted and you were signed out everywhere. At the next sign-in you set up a new one.',
  'factorReset.text.cancelled':
    'An administrator of {organization} has called it off. Your second factor stays as it is.',
  'factorReset.when': 'It is carried out at {moment}.',
  'factorReset.whenAgreed': 'It is carried out once another administrator has agreed, not before {moment}.',
  'factorReset.stop': 'Stop the reset',
  'factorReset.closing.asked':
    'If you asked for this, you need not do anything. If not, stop it: then nothing is deleted, and the administrators are told.',
  'factorReset.closing.done':
    'If you did not ask for this, tell an administrator of your organisation at once, and choose a new password.',
  'factorReset.closing.cancelled': 'You need not do anything.',

  'resetStopped.title': '{name} has stopped the reset',
  'resetStopped.text':
    '{name} ({email}), a member of {organization}, has stopped the reset of their second factor that you asked for or agreed to. Nothing was deleted.',
  'resetStopped.check':
    'Somebody may have asked you for it in their name. Talk to them before you ask for another one.',

  'passIssued.title': 'An access pass for your account was issued',
  'passIssued.text':
    'An administrator of {organization} has issued an access pass. With your password it lets you set up a new second factor, once; it does nothing else.',
  'passIssued.validity.one': 'It is good for one minute.',
  'passIssued.validity.other': 'It is good for {count} minutes.',
  'passIssued.waits': 'Another administrator has to agree before it can be used.',
  'passIssued.later': 'It can be used from {moment} on.',

  'reset.title': 'Choose a new password',
  'reset.text': 'Somebody, most likely you, has forgotten the password of the account with this address.',
  'reset.link': 'Choose a new password',
  'reset.validity.one':
    'The link is good for one minute and works once. It does not sign you in: your second factor is still asked for.',
  'reset.validity.other':
    'The link is good for {count} minutes and works once. It does not sign you in: your second factor is still asked for.',
  'reset.notYou': 'If this was not you, you need not do anything: your password stays as it is.',

  'help.title': '{name} asks for help with signing in',
  'help.text':
    '{name} ({email}), a member of {organization}, can use none of their second factors and asks the administrators for help.',
  'help.check':
    'First make sure that it is really them: talk to them in person, or call them on a number that you know. Don’t trust an answer to a mail, and never send a password or a code.',

  'setup.subject': 'Set up your account at {organization}',
  'setup.hello': 'Hello {name},',
  'setup.text': 'You are now a member of {organization}. Choose a password to begin:',
  'setup.link': 'Choose a password',
  'setup.validity.one':
    'The link is good for one day and works once. After that you sign in with this address and your password.',
  'setup.validity.other':
    'The link is good for {count} days and works once. After that you sign in with this address and your password.',
  'setup.notYou': 'If you did not expect this, you need not do anything: without the link nobody gets in.',

  'join.subject': 'An invitation to join {organization}',
  'join.text':
    '{organization} invites you to become a member. You have an account here already: sign in with it to accept. Your password and your second factors stay as they are, and your own organisation goes on looking after them.',
  'join.link': 'See the invitation',
  'join.validity.one': 'The link is good for one day and works once.',
  'join.validity.other': 'The link is good for {count} days and works once.',
  'join.notYou':
    'If you did not expect this, you need not do anything: unless you accept, they learn nothing of you.',

  'text.code.sign_in': '{code} is your {service} code to sign in to {site}.',
  'text.code.mailbox': '{code} is your {service} code for {site}.',
  'text.code.enroll': '{code} is your {service} code to set up this phone.',
  'text.code.prove': '{code} is your {service} code to change your account.',
  'text.code.new_address': '{code} is your {service} code to confirm this address.',
  'text.code.rest': 'Reference {reference}. Tell it to nobody.',
  'text.notice': '{service}: {title}. {advice}',
  'text.notYou.administrator': 'Don’t know why? Ask your administrator.',
  'text.notYou.change': 'Not you? Sign in and undo it, or ask your administrator.',
  'text.notYou.password': 'Not you? Somebody knows your password: change it now.',
  'text.notYou.guesses': 'Not you? Somebody guesses: choose a long password.',
  'text.notYou.pass': 'Not you? Tell your administrator at once.',
  'text.notYou.request': 'Not you? Tell your administrator at once.',
  'text.notYou.policy': 'Not you? Ask the other administrators.',

  'call.greeting':
    'Hello. This is {service}, with a code for {site}. Press any key to hear the code. If it was not you who asked for it, hang up.',
  'call.code': 'The reference is {reference}. Your code is:',
  'call.again': 'Once more, your code is:',
  'call.expired': 'This code is no longer valid. Ask for a new one on the page. Goodbye.',
  'call.goodbye': 'Tell it to nobody. Goodbye.',
  'call.digit.0': 'zero',
  'call.digit.1': 'one',
  'call.digit.2': 'two',
  'call.digit.3': 'three',
  'call.digit.4': 'four',
  'call.digit.5': 'five',
  'call.digit.6': 'six',
  'call.digit.7': 'seven',
  'call.digit.8': 'eight',
  'call.digit.9': 'nine',
} as const;
