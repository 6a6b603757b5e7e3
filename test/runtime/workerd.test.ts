import { afterAll, beforeAll, describe } from 'vitest';
import { startFlowWorld, type FlowWorld } from '../flow/flow-world.ts';
import { FLOW_SUITES } from '../flow/suites.ts';

describe('on workerd', () => {
  let world: FlowWorld;
  beforeAll(async () => {
    world = await startFlowWorld('workerd');
  });
  afterAll(async () => {
    await world.stop();
  });
  for (const suite of FLOW_SUITES) suite(() => world);
});
