// English. The keys of this object are the keys of every language: a missing one is a compile error.
// `{name}` is a value that the screen puts in.

import { account } from './en/account.ts';
import { activity } from './en/activity.ts';
import { codes } from './en/codes.ts';
import { enrolling } from './en/enrolling.ts';
import { links } from './en/links.ts';
import { recovery } from './en/recovery.ts';

export const en = {
  ...account,
  ...activity,
  ...codes,
  ...enrolling,
  ...links,
  ...recovery,

  'app.loading': 'Loading',
  'app.title': '{step} · {site}',

  'action.back': 'Back to {site}',
  'action.cancel': 'Cancel',
  'action.continue': 'Continue',
  'action.continueTo': 'Continue to {site}',
  'action.copied': 'Copied',
  'action.copyKey': 'Copy key',
  'action.hidePassword': 'Hide password',
  'action.reload': 'Load the page again',
  'action.showPassword': 'Show password',
  'action.signIn': 'Sign in',
  'action.startAgain': 'Start again',
  'action.tryAgain': 'Try again',
  'action.useAnotherAccount': 'Use another account',
  'action.verify': 'Verify',

  'field.code': 'Code',
  'field.email': 'Email',
  'field.password': 'Password',

  'check.codeLength': 'The code has {length} digits.',
  'check.email': 'Enter your email address.',
  'check.name': 'Give it a name that you will recognise.',
  'check.password': 'Enter your password.',

  'identify.title': 'Sign in',
  'identify.lead': 'to continue to {site}',

  'identify.repeated': 'It is set up. Sign in once more, now with your new second factor.',

  'firstFactor.title': 'Enter your password',
  'firstFactor.notYou': 'Not you?',
  'firstFactor.forgot': 'Forgot your password?',
  'firstFactor.resetRequested':
    'If there is an account for {email}, a mail with a link is on its way to it. Your second factor will still be asked for.',

  'confirmAddress.title': 'Check your mail',
  'confirmAddress.lead': 'A code shows that the mailbox is yours before a second factor is set up.',

  'reason.service': 'This sign-in service asks everyone for a second factor.',
  'reason.organization': 'Your organisation asks its members for a second factor.',
  'reason.site': 'This site asks for a second factor.',
  'reason.member': 'An administrator asks you for a second factor.',
  'reason.enrolled': 'Your account has a second factor.',
  'reason.requested': 'The site asked for a second factor this time.',

  'denied.title': 'You can’t sign in to {site}',
  'denied.notAMember':
    '{email} is not a member of the organisation that {site} belongs to. Ask its administrator to add you, or use another account.',
  'denied.unmetAssurance':
    '{site} asks for a stronger sign-in than {email} can give. Ask its administrator, or use another account.',

  'done.title': 'Taking you to {site}',
  'done.text': 'If nothing happens, use the link.',

  'ended.title': 'This sign-in is over',
  'ended.text':
    'It took too long, had too many wrong codes, was finished already, or was begun in another browser. Nothing is wrong with your account.',
  'ended.locked':
    'Too many wrong codes, so this sign-in was ended to keep your account safe. You can try again at {moment}, or start again now with another of your ways.',
  'ended.noWay': 'Go back to the site that you came from and sign in again.',

  'strength.1fa': 'One factor: your password',
  'strength.2fa': 'Two factors, the second by mail',
  'strength.aal2': 'Two factors: your password and a code from an app or a phone',
  'strength.phr': 'Phishing-resistant: a passkey',
  'strength.unknown': 'Signed in',

  'failed.title': 'This page could not be loaded',

  'problem.unreachable': 'The service can’t be reached. Nothing is lost; try again.',
  'problem.unexpected': 'The service gave an answer that this page does not understand. Load the page again.',
  'problem.unavailable': 'The service is out of order for a moment. Nothing is lost; try again.',
  'problem.busy': 'The service is very busy. Nothing is lost; try again in a moment.',
  'problem.invalid_body': 'Something in what you typed can’t be used. Check it and try again.',
  'problem.forbidden_origin': 'This page is too old to be used. Load it again.',
  'problem.not_found': 'What this page asked for does not exist any more. Load the page again.',
  'problem.not_allowed': 'You may not do this. Ask an administrator who may.',
  'problem.method_not_allowed': 'The service refused this step. Load the page again.',
  'problem.wrong_password': 'The email address or the password is wrong.',
  'problem.wrong_code': 'This code is wrong.',
  'problem.wrong_code.tries.one': 'This code is wrong. One more try, then you have to wait.',
  'problem.wrong_code.tries': 'This code is wrong. {count} more tries, then you have to wait.',
  'problem.code_used':
    'This code was used already. Wait until your app shows the next one. If it was sent to you, ask for a new one.',
  'problem.code_expired': 'This code is no longer valid. Ask for a new one.',
  'problem.throttled': 'Too many tries.',
  'problem.throttled.wait': 'You can try again in {wait}.',
  'problem.throttled.over': 'You can try again now.',
  'problem.wrong_step': 'This sign-in has moved on. Load the page again.',
  'problem.interaction_ended': 'This sign-in is over.',
  'problem.pending_enrollment_gone': 'This was not confirmed in time. Start again.',
  'problem.factor_unusable':
    'This can’t be used any more. Use another way, or ask your administrator to reset it.',
  'problem.exists': 'That exists already.',
  'problem.last_factor': 'This is your last second factor, and one is demanded. Add another one first.',
  'problem.password_refused': 'This password can’t be used.',
  'problem.setup_link_gone': 'This link was used already or is too old.',
  'problem.no_code_sent': 'No code was sent yet, or it is gone. Ask for a new one.',
  'problem.phone_refused':
    'This number can’t be used. It takes an ordinary number of one of the listed countries.',
  'problem.phone_refused.not_a_number':
    'This is no complete phone number. Check its digits, and whether the country is the right one.',
  'problem.phone_refused.country':
    'Numbers of this country can’t be used here. Give one of a listed country.',
  'problem.phone_refused.kind':
    'Numbers of this kind can’t be used. Give that of a mobile phone or a landline, no premium or internet number.',
  'problem.phone_refused.landline': 'This is a landline, which takes no texts. Choose a call instead.',
  'problem.phone_alone':
    'An administrator may not have a phone as the only second factor. Set up something else first.',
  'problem.already_enrolled': 'This mailbox is set up already.',
  'problem.old_number_first': 'Prove the old number first, then the new one.',
  'problem.help_requested': 'Your administrators were told already.',
  'problem.login_required': 'You are signed out. Sign in again.',
  'problem.fresh_authentication_required': 'For this change you have to sign in again.',
  'problem.too_large': 'That is too long. Shorten it and try again.',
} as const;
