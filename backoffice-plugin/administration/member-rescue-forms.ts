// The forms that help a member who can't get in: a reset (S46) and an access pass (S48a).

import type { MemberView } from '../../worker/interaction/wire.ts';
import { text } from '../localization/localize-administration.ts';
import { paragraphs } from './form-dialog.element.ts';
import type { Form } from './form.ts';
import { resetState } from './pending-texts.ts';
import { reasonField, type MemberFormOptions } from './member-forms.ts';

/** Asks why one factor, or all, are to be taken away. `enrollmentId` absent: all. */
export function resetForm(
  view: MemberView,
  name: string,
  enrollmentId: string | undefined,
  { now, onChange }: MemberFormOptions,
): Form | undefined {
  const one = view.factors.find((each) => each.enrollmentId === enrollmentId);
  if (enrollmentId !== undefined && !one) return undefined;
  const isAdministrator = view.member.role !== 'member';
  return {
    heading: one
      ? text('admin.reset.oneTitle', { factor: one.name, name })
      : text('admin.reset.allTitle', { name }),
    lead: paragraphs(
      one ? text('admin.reset.oneText', { factor: one.name }) : text('admin.reset.allText'),
      text('admin.reset.told'),
      isAdministrator ? text('admin.reset.administrator') : undefined,
    ),
    fields: [reasonField()],
    confirm: text('admin.reset.confirm'),
    danger: true,
    submit: ({ reason = '' }) => {
      onChange(
        { type: 'reset', reason, ...(enrollmentId !== undefined && { enrollmentId }) },
        // Who has to agree, and when it happens, is the service's to say.
        ({ reset }) => {
          const done = text('admin.reset.done', { name });
          return reset ? `${done} ${resetState(reset, now)}` : done;
        },
      );
    },
  };
}

/** Minutes that can be chosen: what is long enough for a phone call, up to a working day. */
const MINUTES = [10, 30, 60, 120, 240, 480] as const;

/** Asks how long a pass is good. */
export function passForm(name: string, { onPass }: MemberFormOptions): Form {
  return {
    heading: text('admin.pass.title', { name }),
    lead: paragraphs(text('admin.pass.text'), text('admin.pass.identity'), text('admin.pass.told')),
    fields: [
      {
        kind: 'choice',
        name: 'minutes',
        label: text('admin.pass.minutes'),
        value: '60',
        options: MINUTES.map((minutes) => ({
          value: String(minutes),
          label: text(`admin.pass.minutes.${minutes}`),
        })),
      },
    ],
    confirm: text('admin.pass.confirm'),
    submit: ({ minutes }) => {
      onPass(Number(minutes));
    },
  };
}
