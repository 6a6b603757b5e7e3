// One login journey as a server-side state machine: identify > first factor > (confirm address > enrollment |
// challenge) > done, with
// `recovery_codes` between where a set was made. It belongs to the browser that began it. This folder must not know what a relying party asked
// in its own protocol: that is an opaque text which comes back at the end.
import { type AuthenticationMethod, parseMethods } from '../assurance/authentication-method.ts';
import type { AssuranceLevel } from '../assurance/assurance-level.ts';
import { FACTOR_KINDS, type FactorKind, type PolicySource } from '../assurance/policy.ts';
import type { EpochSeconds } from '../ports/clock.ts';

export type InteractionStep =
  | 'identify'
  | 'first_factor'
  | 'confirm_address'
  | 'enrollment'
  | 'challenge'
  /** Something is demanded soon: it may be set up now, or put off. */
  | 'grace'
  /** A factor was set up, the session has begun, and the new recovery codes wait to be saved. */
  | 'recovery_codes'
  | 'denied'
  | 'done'
  /** Its result was taken. Nothing more comes of it. */
  | 'spent';

/** Seconds that a journey may take. */
export const INTERACTION_SECONDS = 1800;

/** Where the journey leads, and what the relying party asks of it. */
export interface Target {
  /** Shown to people. */
  readonly siteName: string;
  /** The organisation whose members may use the site; absent for the portal, which every account may use. */
  readonly organizationId?: string;
  readonly clientId?: string;
  /** The relying party's own request, opaque here. */
  readonly request?: string;
  /** The least level that the relying party asked for. */
  readonly requested?: AssuranceLevel;
  /** Same-origin path to go to when it is done; `{id}` stands for the interaction. */
  readonly continueTo: string;
}

/** Why a factor may be set up in this journey. Without one of these nothing is enrolled. */
export type EnrollmentGround =
  /** The account has none, and its mailbox was proven (S48). */
  | 'first'
  /** A recovery code was used: what is set up replaces what was lost (S39). */
  | 'recovery'
  /** None of the account's factors is accepted here; one was proven. */
  | 'stronger'
  /** A kind of factor that this member has to have is missing. */
  | 'demanded'
  /** An access pass was used: it opens this and nothing else (S48a). */
  | 'pass';

export interface Interaction {
  readonly id: string;
  readonly step: InteractionStep;
  /** Counts changes; a commit is refused when another one came between. */
  readonly version: number;
  readonly target: Target;
  readonly expiresAt: EpochSeconds;
  readonly loginHint?: string;
  readonly email?: string;
  readonly sub?: string;
  readonly methods: readonly AuthenticationMethod[];
  readonly denied?: DeniedReason;
  readonly cancelled: boolean;
  /** Kinds with which the challenge may be answered. */
  readonly kinds: readonly FactorKind[];
  /** Kinds that may be set up. */
  readonly enrollmentKinds: readonly FactorKind[];
  readonly because?: EnrollmentGround;
  readonly helpRequested: boolean;
  readonly resetRequested: boolean;
  /** A factor was set up with an access pass: the sign-in is repeated with it (S48a). */
  readonly isRepeated: boolean;
  /** Layers that ask for a second factor, as decided at the first factor. */
  readonly reasons: readonly PolicySource[];
  /** Countries of phones that policy allows; absent: as the configuration says. */
  readonly countries?: readonly string[];
  /** At `grace`. */
  readonly grace?: { readonly until: EpochSeconds; readonly snoozesLeft: number };
}

export type DeniedReason = 'not_a_member' | 'unmet_assurance';

/** Reads an interaction from its record. A record that is not one is a bug or tampering, and throws. */
export function parseInteraction(id: string, record: Readonly<Record<string, string>>): Interaction {
  const { step, version, target, expiresAt, loginHint, email, sub, methods, denied, because } = record;
  if (!step || !target) throw new Error('An interaction record is incomplete.');
  return {
    id,
    step: step as InteractionStep,
    version: Number(version),
    target: parseTarget(target),
    expiresAt: Number(expiresAt),
    ...(loginHint ? { loginHint } : {}),
    ...(email ? { email } : {}),
    ...(sub ? { sub } : {}),
    ...(denied === 'not_a_member' || denied === 'unmet_assurance' ? { denied } : {}),
    methods: parseMethods(methods ?? ''),
    cancelled: record['cancelled'] === '1',
    kinds: kindsIn(record['kinds']),
    enrollmentKinds: kindsIn(record['enrollmentKinds']),
    ...(isGround(because) ? { because } : {}),
    helpRequested: record['helpRequested'] === '1',
    resetRequested: record['resetRequested'] === '1',
    isRepeated: record['repeated'] === '1',
    reasons: (record['reasons'] ?? '').split(',').filter((name): name is PolicySource => name !== ''),
    ...(record['countries'] === undefined ? {} : { countries: record['countries'].split(',') }),
    ...(record['graceUntil'] === undefined
      ? {}
      : {
          grace: {
            until: Number(record['graceUntil']),
            snoozesLeft: Math.max(0, Number(record['snoozes']) - Number(record['snoozed'] ?? '0')),
          },
        }),
  };
}

function kindsIn(list = ''): readonly FactorKind[] {
  const names = list.split(',');
  return FACTOR_KINDS.filter((kind) => names.includes(kind));
}

function isGround(text: string | undefined): text is EnrollmentGround {
  const grounds: readonly (string | undefined)[] = ['first', 'recovery', 'stronger', 'demanded', 'pass'];
  return grounds.includes(text);
}

/** Reads what `JSON.stringify` wrote when the interaction began; nobody else writes that field. */
function parseTarget(text: string): Target {
  return JSON.parse(text) as Target;
}

/** Gives the path at which the finished journey goes on. */
export function continuePath(interaction: Interaction): string {
  return interaction.target.continueTo.replace('{id}', interaction.id);
}
