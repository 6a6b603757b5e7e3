import { maskEmail } from '../accounts/account.ts';
import { FACTOR_KINDS, type FactorKind, type PolicyLayer, type PolicyOutcome } from '../assurance/policy.ts';
import { MAIL_CODE_LENGTH } from '../factors/one-time-code.ts';
import { factorOf } from '../factors/registry.ts';
import { listOf } from '../ports/redis.ts';
import { continuePath, type Interaction, parseInteraction } from './interaction.ts';
import type { Snapshot } from './interaction.steps.ts';
import { policyFor } from './next-step.ts';
import type {
  FactorChoiceWire,
  InteractionView,
  PendingTotpWire,
  PolicyReasonWire,
  SiteWire,
} from './wire.ts';

/** Draws what a screen may show of an interaction. Holds no secret but a pending one that was just asked for. */
export function viewOf(
  id: string,
  snapshot: Snapshot,
  service: PolicyLayer,
  pending?: PendingTotpWire,
): InteractionView {
  const interaction = parseInteraction(id, snapshot.interaction);
  const site: SiteWire = { name: interaction.target.siteName };
  const policy = policyFor(service, interaction.target);
  switch (interaction.step) {
    case 'identify':
      return {
        step: 'identify',
        site,
        ...(interaction.loginHint ? { loginHint: interaction.loginHint } : {}),
      };
    case 'first_factor':
      return { step: 'first_factor', site, email: interaction.email ?? '' };
    case 'confirm_address':
      return confirmAddressView(interaction, site, policy);
    case 'enrollment':
      return {
        step: 'enrollment',
        site,
        kinds: policy.accepted,
        reasons: reasonsOf(policy),
        ...(pending ? { pending } : {}),
      };
    case 'challenge':
      return challengeView(snapshot, site);
    case 'denied':
      return {
        step: 'denied',
        site,
        email: interaction.email ?? '',
        reason: interaction.denied ?? 'not_a_member',
      };
    case 'done':
      return { step: 'done', site, continue: continuePath(interaction) };
    case 'spent':
      // A step never gives a snapshot of a spent interaction.
      throw new Error('A spent interaction has no view.');
  }
}

function confirmAddressView(
  interaction: Interaction,
  site: SiteWire,
  policy: PolicyOutcome,
): InteractionView {
  const { mailbox } = interaction;
  return {
    step: 'confirm_address',
    site,
    destination: maskEmail(interaction.email ?? ''),
    ...(mailbox ? { reference: mailbox.reference } : {}),
    delivery: mailbox?.delivery ?? 'none',
    resendAt: interaction.resendAt,
    codeLength: MAIL_CODE_LENGTH,
    reasons: reasonsOf(policy),
  };
}

function challengeView(snapshot: Snapshot, site: SiteWire): InteractionView {
  const factors: FactorChoiceWire[] = listOf(snapshot.factors)
    .toSorted((one, other) => other.lastUsedAt - one.lastUsedAt)
    .map(({ id, kind, name }) => ({ enrollmentId: id, kind: kindOf(kind), name }));
  const first = factors[0];
  return { step: 'challenge', site, factors, codeLength: factorOf(first?.kind ?? 'totp').codeLength };
}

/** Names the layers that ask for a second factor, as people are told them. */
export function reasonsOf(policy: PolicyOutcome): PolicyReasonWire[] {
  return [...policy.reasons];
}

/** Reads a stored kind; one that is not registered any more must deny, so it throws. */
export function kindOf(text: string): FactorKind {
  const kind = FACTOR_KINDS.find((known) => known === text);
  if (!kind) throw new Error('An enrollment is of a kind that this service does not have.');
  return kind;
}
