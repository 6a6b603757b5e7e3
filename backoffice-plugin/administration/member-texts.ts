// How things stand with a member, in words and marks.

import { html, nothing, type TemplateResult } from 'lit';
import type { FactorKindWire, MemberWire } from '../../worker/interaction/wire.ts';
import { factorIcon } from '../elements/factor-icon.ts';
import { day, moment, text, together } from '../localization/localize-administration.ts';

/** Marks what is to be known of a member at a glance: words, never a colour alone. */
export function memberTags(member: MemberWire): TemplateResult {
  const { status, locked, exemptUntil, helpAskedAt, isHome } = member;
  return html`<div class="tags">
    ${status === 'suspended' ? tag(text('admin.tag.suspended'), 'bad') : nothing}
    ${status === 'invited' ? tag(text('admin.tag.invited')) : nothing}
    ${locked ? tag(text('admin.tag.locked'), 'bad') : nothing}
    ${helpAskedAt === undefined ? nothing : tag(text('admin.tag.help'), 'bad')}
    ${exemptUntil === undefined ? nothing : tag(text('admin.tag.exempt', { day: day(exemptUntil) }))}
    ${isHome ? nothing : tag(text('admin.tag.guest'))}
    ${
      status === 'active' && !locked && helpAskedAt === undefined && exemptUntil === undefined && isHome
        ? tag(text('admin.tag.active'))
        : nothing
    }
  </div>`;
}

/** Draws a mark. */
export function tag(words: string, look: 'neutral' | 'good' | 'bad' = 'neutral'): TemplateResult {
  return html`<span class="tag ${look}">${words}</span>`;
}

/** Says the kinds of a member's second factors, with their pictures. */
export function kindsCell(kinds: readonly FactorKindWire[]): TemplateResult {
  if (kinds.length === 0) return html`<span class="hint">${text('admin.kinds.none')}</span>`;
  return html`<span class="kinds"
    >${kinds.map((kind) => factorIcon(kind))}<span>${kindsText(kinds)}</span></span
  >`;
}

/** Says kinds of factors: `Authenticator app and Phone`. */
export function kindsText(kinds: readonly FactorKindWire[]): string {
  return together(kinds.map((kind) => text(`factor.${kind}`)));
}

/** Says how strong a member can sign in. */
export function strengthOf(strength: MemberWire['strength']): string {
  return text(`admin.strength.${strength}`);
}

export function lastSignIn({ lastSignInAt }: MemberWire): string {
  return lastSignInAt === undefined ? text('admin.never') : moment(lastSignInAt);
}

/** Says why somebody can't sign in for now. */
export function lockedText({ why, until }: NonNullable<MemberWire['locked']>): string {
  const words = text(`admin.locked.${why}`);
  return until === undefined ? words : `${words} ${text('admin.locked.until', { moment: moment(until) })}`;
}
