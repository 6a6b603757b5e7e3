// What other folders may use of the interaction.
export { begin, type Begun } from './journey.ts';
export { type Interaction, parseInteraction, type Target } from './interaction.ts';
export { INTERACTION } from './interaction.lua.ts';
export { bodies, email, type EnrollmentBody, factorName, password } from './bodies.ts';
export { enrollableKinds, mayUse, policyFor } from './next-step.ts';
export { interactionRoutes } from './interaction.routes.ts';
export { phoneRefusal } from './phone-refusal.ts';
export { presentPending, presentSent } from './pending.ts';
export { macOfCode, makeSentCode } from './sent-code.ts';
export { factorWire, kindOf, phoneRules, reasonsOf, sentWire } from './view.ts';
