// The parts of the service's answers that are shown in words (all of them: worker/interaction/admin-wire.ts). What a
// newer service says beside them is left aside.
import * as v from 'valibot';

const text = v.string();
const seconds = v.number();
const kinds = v.array(text);

export const organizations = v.object({
  organizations: v.array(v.object({ id: text, name: text })),
});

const member = v.object({
  sub: text,
  email: text,
  name: text,
  role: text,
  status: text,
  isHome: v.boolean(),
  kinds,
  strength: text,
  lastSignInAt: v.optional(seconds),
  exemptUntil: v.optional(seconds),
  locked: v.optional(v.object({ why: text, until: v.optional(seconds) })),
  helpAskedAt: v.optional(seconds),
  inviteExpiresAt: v.optional(seconds),
});
export type Member = v.InferOutput<typeof member>;

export const memberPage = v.object({ members: v.array(member), next: v.optional(text) });

const sessions = v.optional(
  v.record(text, v.object({ overall: v.optional(seconds), idle: v.optional(seconds) })),
);

const policy = v.object({
  required: v.optional(v.boolean()),
  accepted: v.optional(kinds),
  least: v.optional(text),
  grace: v.optional(v.object({ until: seconds, snoozes: v.number() })),
  sessions,
  countries: v.optional(v.array(text)),
  resetDelaySeconds: v.optional(seconds),
  must: v.optional(kinds),
});
export type Policy = v.InferOutput<typeof policy>;

const exemption = v.object({ reason: text, until: seconds, by: text });

export const explanation = v.object({
  required: v.boolean(),
  least: text,
  accepted: kinds,
  must: kinds,
  coming: v.optional(
    v.object({
      until: seconds,
      snoozes: v.number(),
      snoozesLeft: v.number(),
      least: text,
      accepted: kinds,
      must: kinds,
    }),
  ),
  layers: v.array(v.object({ source: text, of: v.optional(text), policy, exempt: v.optional(exemption) })),
  sessions,
  next: text,
});
export type Explanation = v.InferOutput<typeof explanation>;

const approvals = { approvalsNeeded: v.number(), approvals: v.array(text), notBefore: seconds };

const pass = v.object({
  by: text,
  at: seconds,
  expiresAt: seconds,
  usedAt: v.optional(seconds),
  ...approvals,
});
export type Pass = v.InferOutput<typeof pass>;

export const newPass = v.object({ code: text, pass });

const reset = v.object({
  id: text,
  sub: text,
  memberName: text,
  memberEmail: text,
  factorName: v.optional(text),
  reason: text,
  by: text,
  at: seconds,
  ...approvals,
});
export type Reset = v.InferOutput<typeof reset>;

export const resets = v.object({ resets: v.array(reset), help: v.array(member) });

export const memberView = v.object({
  member,
  factors: v.array(
    v.object({
      enrollmentId: text,
      kind: text,
      name: text,
      destination: v.optional(text),
      createdAt: seconds,
      lastUsedAt: v.optional(seconds),
      failures: v.number(),
      waitUntil: v.optional(seconds),
      isDisabled: v.boolean(),
    }),
  ),
  recoveryCodesLeft: v.number(),
  sessions: v.array(
    v.object({ device: text, address: text, country: v.optional(text), acr: text, lastSeenAt: seconds }),
  ),
  exemption: v.optional(exemption),
  must: v.optional(text),
  reset: v.optional(reset),
  pass: v.optional(pass),
  explanation,
});
export type View = v.InferOutput<typeof memberView>;

export const madeMember = v.object({ email: text, role: text, mail: v.picklist(['accepted', 'failed']) });

const invite = v.object({
  sub: text,
  email: text,
  name: text,
  role: text,
  invitedAt: seconds,
  expiresAt: seconds,
});
export const madeInvite = invite;
export const invites = v.object({ invites: v.array(invite) });

export const bulkReport = v.object({
  invited: v.number(),
  problems: v.array(v.object({ line: v.number(), message: text })),
});

const site = v.object({
  clientId: text,
  name: text,
  isConfigured: v.boolean(),
  redirectUris: v.array(text),
  isPublic: v.boolean(),
  policy,
  access: text,
  listed: v.number(),
});
export const changedSite = site;
export type Site = v.InferOutput<typeof site>;
export const sites = v.object({ sites: v.array(site) });
export const newSecret = v.object({ site, clientSecret: v.optional(text) });

/** What making a site answers, which is older than the rest. */
export const madeSite = v.object({ client_id: text, client_secret: v.optional(text) });

export const policyView = v.object({ policy, version: v.number(), floor: policy });

export const trial = v.object({
  members: v.number(),
  fine: v.number(),
  mustEnroll: v.number(),
  mayPutOff: v.number(),
  exempt: v.number(),
  cannot: v.number(),
  affected: v.array(v.object({ name: text, email: text, effect: text })),
  incomplete: v.boolean(),
});

export const auditPage = v.object({
  entries: v.array(
    v.object({
      at: seconds,
      type: text,
      result: text,
      sub: v.optional(text),
      memberName: v.optional(text),
      by: v.optional(text),
      clientId: v.optional(text),
      address: v.optional(text),
      country: v.optional(text),
      details: v.record(text, text),
    }),
  ),
  next: v.optional(text),
});
export type AuditEntry = v.InferOutput<typeof auditPage>['entries'][number];

export const overview = v.object({
  organization: v.object({ id: text, name: text }),
  counts: v.record(text, v.number()),
  resets: v.number(),
  helpRequests: v.number(),
});
