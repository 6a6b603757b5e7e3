// The forms that change what is demanded of one member.

import type { FactorKindWire, MemberView } from '../../worker/interaction/wire.ts';
import { day, text } from '../localization/localize-administration.ts';
import { endOf } from './dates.ts';
import { paragraphs } from './form-dialog.element.ts';
import type { Form } from './form.ts';
import { dayMistake, futureDay, reasonField, type MemberFormOptions } from './member-forms.ts';

/** Asks until when, and why, a member is exempt. */
export function exemptForm(name: string, { now, onChange }: MemberFormOptions): Form {
  return {
    heading: text('admin.exempt.title', { name }),
    lead: paragraphs(text('admin.exempt.text'), text('admin.exempt.floor')),
    fields: [futureDay('until', text('admin.exempt.until'), now), reasonField()],
    confirm: text('admin.exempt.confirm'),
    danger: true,
    check: ({ until = '' }) => (until === '' ? {} : dayMistake('until', until, now)),
    submit: ({ until: chosen = '', reason = '' }) => {
      const until = endOf(chosen) ?? 0;
      onChange({ type: 'exempt', reason, until }, text('admin.exempt.done', { name, day: day(until) }));
    },
  };
}

const KINDS: readonly FactorKindWire[] = ['totp', 'phone', 'email'];

/** Asks which kind a member has to set up. */
export function mustForm(view: MemberView, name: string, { onChange }: MemberFormOptions): Form {
  const accepted = KINDS.filter((kind) => view.explanation.accepted.includes(kind));
  return {
    heading: text('admin.must.title', { name }),
    lead: text('admin.must.text'),
    fields: [
      {
        kind: 'radio',
        name: 'kind',
        label: text('admin.must.kind'),
        value: view.must ?? '',
        options: [
          { value: '', label: text('admin.must.none') },
          ...accepted.map((kind) => ({
            value: kind,
            label: text(`factor.${kind}`),
            ...(view.member.kinds.includes(kind) && { hint: text('admin.must.has') }),
          })),
        ],
      },
    ],
    confirm: text('account.save'),
    submit: ({ kind: chosen }) => {
      const kind = accepted.find((each) => each === chosen);
      if (kind === undefined) onChange({ type: 'must' }, text('admin.must.ended', { name }));
      else onChange({ type: 'must', kind }, text('admin.must.done', { name, kind: text(`factor.${kind}`) }));
    },
  };
}
