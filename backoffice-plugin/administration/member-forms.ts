// The forms about one member: what each asks for, and what it says will happen.

import type { MemberRoleWire, MemberView } from '../../worker/interaction/wire.ts';
import type { MemberChange } from '../api/administration.api.ts';
import { text } from '../localization/localize-administration.ts';
import { dayOf, endOf } from './dates.ts';
import type { Task } from './draft.ts';
import { NO_FIELDS, paragraphs } from './form-dialog.element.ts';
import type { Field, Form } from './form.ts';
import { exemptForm, mustForm } from './member-policy-forms.ts';
import { passForm, resetForm } from './member-rescue-forms.ts';

/** What is said once it is done; some of it only the service knows. */
export type ChangeNews = string | ((after: MemberView) => string);

export interface MemberFormOptions {
  readonly organizationName: string;
  readonly now: number;
  readonly onChange: (change: MemberChange, news: ChangeNews) => void;
  readonly onRemove: () => void;
  readonly onPass: (minutes: number) => void;
}

/** Gives the form of a task; undefined where there is nothing to ask any more. */
export function memberForm(view: MemberView, task: Task, options: MemberFormOptions): Form | undefined {
  const { member, pass } = view;
  const name = member.name || member.email;
  switch (task.form) {
    case 'role':
      return roleForm(view, name, options);
    case 'suspend':
      return {
        heading: text('admin.suspend.title', { name }),
        lead: text('admin.suspend.text'),
        fields: [reasonField()],
        confirm: text('admin.suspend'),
        danger: true,
        submit: ({ reason = '' }) => {
          options.onChange({ type: 'suspend', reason }, text('admin.suspend.done', { name }));
        },
      };
    case 'remove':
      return {
        heading: text('admin.remove.title', { name }),
        lead: paragraphs(
          text(member.isHome ? 'admin.remove.home' : 'admin.remove.guest', {
            organization: options.organizationName,
          }),
          text('admin.remove.forGood'),
        ),
        fields: NO_FIELDS,
        confirm: text('admin.remove'),
        danger: true,
        submit: options.onRemove,
      };
    case 'exempt':
      return exemptForm(name, options);
    case 'must':
      return mustForm(view, name, options);
    case 'reset':
      return resetForm(view, name, task.about, options);
    case 'pass':
      return passForm(name, options);
    case 'passApprove':
    case 'passRevoke':
      return pass && question(task.form, name, options);
    case 'restore':
    case 'unlock':
    case 'endSessions':
    case 'exemptEnd':
      return question(task.form, name, options);
    default:
      return undefined;
  }
}

/** Asks why: it is told to the member where that helps, and stands in the audit log. */
export function reasonField(): Field {
  return {
    kind: 'text',
    name: 'reason',
    label: text('admin.reason'),
    hint: text('admin.reason.hint'),
    missing: text('admin.reason.missing'),
    maxLength: 300,
  };
}

type Question = 'restore' | 'unlock' | 'endSessions' | 'exemptEnd' | 'passApprove' | 'passRevoke';

const CHANGES: Readonly<Record<Question, MemberChange>> = {
  restore: { type: 'restore' },
  unlock: { type: 'unlock' },
  endSessions: { type: 'sessions/end' },
  exemptEnd: { type: 'exempt', until: 0 },
  passApprove: { type: 'pass/approve' },
  passRevoke: { type: 'pass/revoke' },
};

const DANGERS: ReadonlySet<Question> = new Set<Question>(['endSessions', 'passRevoke']);

function question(what: Question, name: string, { onChange }: MemberFormOptions): Form {
  return {
    heading: text(`admin.question.${what}.title`, { name }),
    lead: text(`admin.question.${what}.text`),
    fields: NO_FIELDS,
    confirm: text(`admin.question.${what}.confirm`),
    danger: DANGERS.has(what),
    submit: () => {
      onChange(CHANGES[what], text(`admin.question.${what}.done`, { name }));
    },
  };
}

const ROLES: readonly MemberRoleWire[] = ['member', 'admin', 'owner'];

function roleForm({ member }: MemberView, name: string, { onChange }: MemberFormOptions): Form {
  return {
    heading: text('admin.role.title', { name }),
    lead: text('admin.role.lead'),
    fields: [
      {
        kind: 'radio',
        name: 'role',
        label: text('admin.role'),
        value: member.role,
        options: ROLES.map((role) => ({
          value: role,
          label: text(`admin.role.${role}`),
          hint: text(`admin.role.${role}.text`),
        })),
      },
    ],
    confirm: text('account.save'),
    submit: ({ role: chosen }) => {
      const role = ROLES.find((each) => each === chosen) ?? member.role;
      onChange({ type: 'role', role }, text('admin.role.done', { name, role: text(`admin.role.${role}`) }));
    },
  };
}

/** Asks for a day after today. */
export function futureDay(name: string, label: string, now: number): Field {
  return {
    kind: 'date',
    name,
    label,
    min: dayOf(now + 86_400),
    missing: text('admin.day.missing'),
  };
}

/** Finds a day that is none, or is over. */
export function dayMistake(name: string, value: string, now: number): Readonly<Record<string, string>> {
  const end = endOf(value);
  return end === undefined || end <= now ? { [name]: text('admin.day.past') } : {};
}
