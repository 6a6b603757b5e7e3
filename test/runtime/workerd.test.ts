import { afterAll, beforeAll, describe } from 'vitest';
import { startFlowWorld, type FlowWorld } from '../flow/flow-world.ts';
import { signInSuite } from '../flow/sign-in.suite.ts';

describe('on workerd', () => {
  let world: FlowWorld;
  beforeAll(async () => {
    world = await startFlowWorld('workerd');
  });
  afterAll(async () => {
    await world.stop();
  });
  signInSuite(() => world);
});
