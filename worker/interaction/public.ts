// What other folders may use of the interaction.
export { begin, type Begun } from './journey.ts';
export { type Interaction, parseInteraction, type Target } from './interaction.ts';
export { INTERACTION } from './interaction.lua.ts';
export { mayUse, policyFor } from './next-step.ts';
export { bodies, interactionRoutes } from './interaction.routes.ts';
export { presentPending } from './pending.ts';
export { kindOf, reasonsOf } from './view.ts';
