// What other folders may use of the interaction.
export { begin, type Begun } from './journey.ts';
export { type Interaction, parseInteraction, type Target } from './interaction.ts';
export { INTERACTION } from './interaction.lua.ts';
export { bodies, email, type EnrollmentBody, factorName, password } from './bodies.ts';
export { afterFirstFactor, enrollableKinds, mayUse, snoozesOf } from './next-step.ts';
export { type Exemption, parseExemption, policyAt, policySources } from './policy-sources.ts';
export {
  FRESH_SECONDS,
  type Freshness,
  freshness,
  judge,
  type Judged,
  judgedSession,
  runJudged,
  serviceTarget,
} from './judged-session.ts';
export { carryOut, carryOutDueResets, sealStopped } from './factor-reset.ts';
export { FACTOR_RESET } from './factor-reset.lua.ts';
export { stopResetByLink } from './factor-reset.steps.ts';
export { JUDGED_SESSION } from './judged-session.steps.ts';
export { interactionRoutes } from './interaction.routes.ts';
export { phoneRefusal } from './phone-refusal.ts';
export { presentPending, presentSent } from './pending.ts';
export { macOfCode, makeSentCode } from './sent-code.ts';
export { allowedCountries, factorWire, kindOf, phoneRules, reasonsOf, sentWire } from './view.ts';
