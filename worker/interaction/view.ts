import { maskEmail } from '../accounts/account.ts';
import { type Demand, FACTOR_KINDS, type FactorKind } from '../assurance/policy.ts';
import type { FactorRecord } from '../factors/enrollment.lua.ts';
import { MAIL_CODE_LENGTH } from '../factors/one-time-code.ts';
import { callingCodes } from '../factors/phone/phone-number.ts';
import { channelsOf, factorOf } from '../factors/registry.ts';
import type { SentCodeRecord } from '../factors/sent-code.lua.ts';
import type { RequestContext } from '../http/request-context.ts';
import type { Service } from '../http/service.ts';
import { listOf } from '../ports/redis.ts';
import { continuePath, type Interaction, parseInteraction } from './interaction.ts';
import type { Snapshot } from './interaction.steps.ts';
import type {
  ChannelWire,
  FactorChoiceWire,
  InteractionView,
  PendingWire,
  PhoneRulesWire,
  PolicyReasonWire,
  SentCodeWire,
  SiteWire,
  TroubleWire,
  UnusableWire,
} from './wire.ts';

/** What a view is drawn with beside the snapshot. */
export interface ViewContext {
  readonly service: Service;
  readonly request: RequestContext;
  readonly id: string;
  readonly pending?: PendingWire;
  /** New recovery codes. */
  readonly codes?: readonly string[];
}

/** Draws what a screen may show of an interaction. Holds no secret but one that was just asked for. */
export function viewOf(context: ViewContext, snapshot: Snapshot): InteractionView {
  const { service, request, pending, codes } = context;
  const interaction = parseInteraction(context.id, snapshot.interaction);
  const site: SiteWire = { name: interaction.target.siteName };
  switch (interaction.step) {
    case 'identify':
      return {
        step: 'identify',
        site,
        ...(interaction.loginHint ? { loginHint: interaction.loginHint } : {}),
        ...(interaction.isRepeated ? { repeated: true } : {}),
      };
    case 'first_factor':
      return {
        step: 'first_factor',
        site,
        email: interaction.email ?? '',
        resetRequested: interaction.resetRequested,
      };
    case 'confirm_address':
      return confirmAddressView(interaction, snapshot, site);
    case 'enrollment':
      return {
        step: 'enrollment',
        site,
        kinds: interaction.enrollmentKinds,
        reasons: [...interaction.reasons],
        because: interaction.because ?? 'first',
        ...(interaction.enrollmentKinds.includes('phone')
          ? { phone: phoneRules(service, request, interaction.enrollmentKinds, interaction.countries) }
          : {}),
        ...(pending ? { pending } : {}),
      };
    case 'challenge':
      return challengeView(service, interaction, snapshot, site);
    case 'grace':
      return {
        step: 'grace',
        site,
        until: interaction.grace?.until ?? 0,
        snoozesLeft: interaction.grace?.snoozesLeft ?? 0,
        kinds: interaction.enrollmentKinds,
        reasons: [...interaction.reasons],
        because: interaction.because ?? 'first',
      };
    case 'recovery_codes':
      return { step: 'recovery_codes', site, ...(codes ? { codes } : {}) };
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

function confirmAddressView(interaction: Interaction, snapshot: Snapshot, site: SiteWire): InteractionView {
  const { mailbox, mailboxResendAt = 0 } = snapshot;
  const sent = mailbox && sentWire(mailbox);
  return {
    step: 'confirm_address',
    site,
    destination: maskEmail(interaction.email ?? ''),
    ...(sent ? { reference: sent.reference } : {}),
    delivery: sent?.delivery ?? 'none',
    resendAt: mailboxResendAt,
    codeLength: MAIL_CODE_LENGTH,
    reasons: [...interaction.reasons],
  };
}

function challengeView(
  service: Service,
  interaction: Interaction,
  snapshot: Snapshot,
  site: SiteWire,
): InteractionView {
  const all = listOf(snapshot.factors).toSorted(
    (one, other) =>
      Number(other.isDefault) - Number(one.isDefault) ||
      other.lastUsedAt - one.lastUsedAt ||
      one.createdAt - other.createdAt,
  );
  const choices = all.map((record) => factorWire(service, record, interaction.email ?? ''));
  return {
    step: 'challenge',
    site,
    factors: choices.filter(({ kind }) => interaction.kinds.includes(kind)),
    recovery: {
      left: snapshot.recovery?.left ?? 0,
      factors: choices.map(({ enrollmentId, kind, name, destination }) => ({
        enrollmentId,
        kind,
        name,
        ...(destination === undefined ? {} : { destination }),
      })),
    },
    helpRequested: interaction.helpRequested,
  };
}

/** Draws a factor with what keeps it from being used now. `email` is the account's address. */
export function factorWire({ ports }: Service, record: FactorRecord, email: string): FactorChoiceWire {
  const kind = kindOf(record.kind);
  const destination = kind === 'email' ? maskEmail(email) : record.masked;
  const unusable = whyUnusable(record, kind, ports.phone !== undefined);
  return {
    enrollmentId: record.id,
    kind,
    name: record.name,
    ...(destination === undefined ? {} : { destination }),
    channels: channelsOf(kind),
    codeLength: factorOf(kind).codeLength,
    isDefault: record.isDefault,
    ...unusable,
    ...(record.trouble ? { trouble: record.trouble as TroubleWire } : {}),
    ...(record.sent ? { sent: sentWire(record.sent) } : {}),
    resendAt: record.resendAt,
  };
}

function whyUnusable(
  record: FactorRecord,
  kind: FactorKind,
  hasPhone: boolean,
): { readonly unusable?: UnusableWire; readonly retryAt?: number } {
  if (record.isDisabled) return { unusable: 'disabled' };
  if (record.suspendedUntil > 0) return { unusable: 'suspended', retryAt: record.suspendedUntil };
  if (kind === 'phone' && !hasPhone) return { unusable: 'not_offered' };
  return record.waitUntil > 0 && record.waitUntil > record.seenAt
    ? { unusable: 'waiting', retryAt: record.waitUntil }
    : {};
}

/** Draws the newest code that was sent. */
export function sentWire({ channel, reference, delivery, expiresAt }: SentCodeRecord): SentCodeWire {
  return {
    channel: channel as ChannelWire,
    reference,
    delivery: delivery === 'failed' || delivery === 'sent' ? delivery : 'queued',
    expiresAt,
  };
}

/** Gives the countries whose phones are allowed: the configuration's, and of these what policy leaves. */
export function allowedCountries(
  { phone }: Service['config'],
  narrowed: readonly string[] | undefined,
): readonly string[] {
  return (phone?.countries ?? []).filter((country) => narrowed === undefined || narrowed.includes(country));
}

/** Says what has to be known to ask for a number. `kinds` may be set up beside the phone. */
export function phoneRules(
  { config }: Service,
  { country }: RequestContext,
  kinds: readonly FactorKind[],
  narrowed?: readonly string[],
): PhoneRulesWire {
  const countries = allowedCountries(config, narrowed);
  return {
    countries: callingCodes(countries),
    ...(country !== undefined && countries.includes(country) ? { likely: country } : {}),
    alternatives: kinds.filter((kind) => kind !== 'phone'),
  };
}

/** Names the layers that ask for a second factor, as people are told them. */
export function reasonsOf(demand: Demand): PolicyReasonWire[] {
  return [...new Set(demand.reasons)];
}

/** Reads a stored kind; one that is not registered any more must deny, so it throws. */
export function kindOf(text: string): FactorKind {
  const kind = FACTOR_KINDS.find((known) => known === text);
  if (!kind) throw new Error('An enrollment is of a kind that this service does not have.');
  return kind;
}
