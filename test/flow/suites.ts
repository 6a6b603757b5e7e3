// Every flow suite, in the order in which a runtime's test runs them over one world.
import type { FlowWorld } from './flow-world.ts';
import { signInSuite } from './sign-in.suite.ts';

export const FLOW_SUITES: readonly ((world: () => FlowWorld) => void)[] = [signInSuite];
