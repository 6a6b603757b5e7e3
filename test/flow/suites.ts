// Every flow suite, in the order in which a runtime's test runs them over one world.
import { adminInvitesSuite } from './admin-invites.suite.ts';
import { adminSitesSuite } from './admin-sites.suite.ts';
import { adminTenantsSuite } from './admin-tenants.suite.ts';
import { adminMemberActsSuite } from './admin-member-acts.suite.ts';
import { adminMembersSuite } from './admin-members.suite.ts';
import { adminApiMembersSuite } from './admin-api-members.suite.ts';
import { adminAuditSuite } from './admin-audit.suite.ts';
import { adminOverviewSuite } from './admin-overview.suite.ts';
import { adminPolicySuite } from './admin-policy.suite.ts';
import { policyEnforcementSuite } from './policy-enforcement.suite.ts';
import { auditExportSuite } from './audit-export.suite.ts';
import { accessPassSuite } from './access-pass.suite.ts';
import { adminApiSuite } from './admin-api.suite.ts';
import { graceSuite } from './grace.suite.ts';
import { adminResetsApprovalSuite } from './admin-resets-approval.suite.ts';
import { adminResetsSuite } from './admin-resets.suite.ts';
import { administrationPageSuite } from './administration-page.suite.ts';
import { everyWayInSuite } from './every-way-in.suite.ts';
import { factorChallengeSuite } from './factor-challenge.suite.ts';
import { factorEnrollmentSuite } from './factor-enrollment.suite.ts';
import { factorLockoutSuite } from './factor-lockout.suite.ts';
import { cliAdminSuite } from './cli-admin.suite.ts';
import { cliSuite } from './cli.suite.ts';
import { accountLockSuite } from './account-lock.suite.ts';
import { accountGuardsSuite } from './account-guards.suite.ts';
import { accountSuite } from './account.suite.ts';
import { passwordGuessesSuite } from './password-guesses.suite.ts';
import { passwordsSuite } from './passwords.suite.ts';
import { limitsSuite } from './limits.suite.ts';
import { outageLostAnswersSuite } from './outage-lost-answers.suite.ts';
import { outageSuite } from './outage.suite.ts';
import { factorSecretsSuite } from './factor-secrets.suite.ts';
import { factorVectorsSuite } from './factor-vectors.suite.ts';
import { edgesSuite } from './edges.suite.ts';
import type { FlowWorld } from './flow-world.ts';
import { interactionBodiesSuite } from './interaction-bodies.suite.ts';
import { interactionBrowserSuite } from './interaction-browser.suite.ts';
import { interactionMailboxSuite } from './interaction-mailbox.suite.ts';
import { interactionStepsSuite } from './interaction-steps.suite.ts';
import { logoutSuite } from './logout.suite.ts';
import { oidcAuthorizeSuite } from './oidc-authorize.suite.ts';
import { oidcConformanceSuite } from './oidc-conformance.suite.ts';
import { oidcPromptsSuite } from './oidc-prompts.suite.ts';
import { oidcTokenSuite } from './oidc-token.suite.ts';
import { oidcUserinfoSuite } from './oidc-userinfo.suite.ts';
import { sentCodesSuite } from './sent-codes.suite.ts';
import { sentCodesLimitsSuite } from './sent-codes-limits.suite.ts';
import { sentCodesStrengthSuite } from './sent-codes-strength.suite.ts';
import { phoneSuite } from './phone.suite.ts';
import { phoneChangeSuite } from './phone-change.suite.ts';
import { recoverySuite } from './recovery.suite.ts';
import { recoveryHelpSuite } from './recovery-help.suite.ts';
import { mailRateSuite } from './mail-rate.suite.ts';
import { noticesSuite } from './notices.suite.ts';
import { passwordResetSuite } from './password-reset.suite.ts';
import { profileSuite } from './profile.suite.ts';
import { profileAddressesSuite } from './profile-addresses.suite.ts';
import { webhooksSuite } from './webhooks.suite.ts';
import { sessionCookiesSuite } from './session-cookies.suite.ts';
import { sessionDumpSuite } from './session-dump.suite.ts';
import { sessionOriginSuite } from './session-origin.suite.ts';
import { sessionWebSuite } from './session-web.suite.ts';
import { signInSuite } from './sign-in.suite.ts';
import { storeDumpSuite } from './store-dump.suite.ts';

export const FLOW_SUITES: readonly ((world: () => FlowWorld) => void)[] = [
  signInSuite,
  factorVectorsSuite,
  factorChallengeSuite,
  factorEnrollmentSuite,
  factorLockoutSuite,
  interactionBrowserSuite,
  interactionMailboxSuite,
  interactionStepsSuite,
  interactionBodiesSuite,
  sentCodesSuite,
  sentCodesLimitsSuite,
  sentCodesStrengthSuite,
  phoneSuite,
  phoneChangeSuite,
  recoverySuite,
  recoveryHelpSuite,
  noticesSuite,
  mailRateSuite,
  passwordResetSuite,
  profileSuite,
  profileAddressesSuite,
  webhooksSuite,
  accountSuite,
  accountGuardsSuite,
  administrationPageSuite,
  edgesSuite,
  passwordGuessesSuite,
  accountLockSuite,
  graceSuite,
  passwordsSuite,
  limitsSuite,
  outageSuite,
  outageLostAnswersSuite,
  factorSecretsSuite,
  oidcConformanceSuite,
  oidcAuthorizeSuite,
  cliSuite,
  oidcPromptsSuite,
  oidcTokenSuite,
  oidcUserinfoSuite,
  logoutSuite,
  sessionCookiesSuite,
  sessionDumpSuite,
  storeDumpSuite,
  sessionWebSuite,
  sessionOriginSuite,
  adminApiSuite,
  adminApiMembersSuite,
  adminMembersSuite,
  adminAuditSuite,
  auditExportSuite,
  adminOverviewSuite,
  adminPolicySuite,
  policyEnforcementSuite,
  adminMemberActsSuite,
  adminInvitesSuite,
  adminSitesSuite,
  adminTenantsSuite,
  adminResetsSuite,
  adminResetsApprovalSuite,
  accessPassSuite,
  cliAdminSuite,
  everyWayInSuite,
];
