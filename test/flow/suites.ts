// Every flow suite, in the order in which a runtime's test runs them over one world.
import { factorChallengeSuite } from './factor-challenge.suite.ts';
import { factorLockoutSuite } from './factor-lockout.suite.ts';
import { cliSuite } from './cli.suite.ts';
import type { FlowWorld } from './flow-world.ts';
import { logoutSuite } from './logout.suite.ts';
import { oidcAuthorizeSuite } from './oidc-authorize.suite.ts';
import { oidcConformanceSuite } from './oidc-conformance.suite.ts';
import { oidcPromptsSuite } from './oidc-prompts.suite.ts';
import { oidcTokenSuite } from './oidc-token.suite.ts';
import { oidcUserinfoSuite } from './oidc-userinfo.suite.ts';
import { sessionCookiesSuite } from './session-cookies.suite.ts';
import { sessionDumpSuite } from './session-dump.suite.ts';
import { signInSuite } from './sign-in.suite.ts';

export const FLOW_SUITES: readonly ((world: () => FlowWorld) => void)[] = [
  signInSuite,
  factorChallengeSuite,
  factorLockoutSuite,
  oidcConformanceSuite,
  oidcAuthorizeSuite,
  cliSuite,
  oidcPromptsSuite,
  oidcTokenSuite,
  oidcUserinfoSuite,
  logoutSuite,
  sessionCookiesSuite,
  sessionDumpSuite,
];
