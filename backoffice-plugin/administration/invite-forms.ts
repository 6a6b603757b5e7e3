// The forms about invitations.

import type { InviteWire, MemberRoleWire } from '../../worker/interaction/wire.ts';
import type { NewInvite } from '../api/administration.api.ts';
import { text } from '../localization/localize-administration.ts';
import type { Task } from './draft.ts';
import { NO_FIELDS, paragraphs } from './form-dialog.element.ts';
import type { Form } from './form.ts';

interface InviteOptions {
  /** Whoever is no owner can't make one. */
  readonly role: MemberRoleWire;
  readonly onInvite: (one: NewInvite) => void;
  readonly onInviteAll: (csv: string) => void;
  readonly onChange: (one: InviteWire, change: 'resend' | 'revoke') => void;
}

/** Gives the form of a task; undefined where there is nothing to ask any more. */
export function inviteForm(
  task: Task,
  invites: readonly InviteWire[],
  options: InviteOptions,
): Form | undefined {
  if (task.form === 'invite') return oneForm(options);
  if (task.form === 'bulk') return bulkForm(options);
  const one = invites.find(({ sub }) => sub === task.about);
  if (!one || (task.form !== 'resend' && task.form !== 'revoke')) return undefined;
  const change = task.form;
  return {
    heading: text(`admin.invite.${change}.title`, { email: one.email }),
    lead: text(`admin.invite.${change}.text`),
    fields: NO_FIELDS,
    confirm: text(`admin.invite.${change}`),
    danger: change === 'revoke',
    submit: () => {
      options.onChange(one, change);
    },
  };
}

function oneForm({ role: own, onInvite }: InviteOptions): Form {
  const roles: readonly MemberRoleWire[] =
    own === 'owner' ? ['member', 'admin', 'owner'] : ['member', 'admin'];
  return {
    heading: text('admin.invite.title'),
    lead: text('admin.invite.text'),
    fields: [
      {
        kind: 'email',
        name: 'email',
        label: text('field.email'),
        missing: text('admin.invite.email'),
        maxLength: 254,
      },
      {
        kind: 'text',
        name: 'name',
        label: text('account.name'),
        missing: text('admin.invite.name'),
        maxLength: 100,
      },
      {
        kind: 'radio',
        name: 'role',
        label: text('admin.role'),
        value: 'member',
        options: roles.map((role) => ({
          value: role,
          label: text(`admin.role.${role}`),
          hint: text(`admin.role.${role}.text`),
        })),
      },
    ],
    confirm: text('admin.invite.send'),
    check: ({ email = '' }) =>
      email === '' || email.includes('@') ? {} : { email: text('admin.invite.email') },
    submit: ({ email = '', name = '', role: chosen }) => {
      onInvite({ email, name, role: roles.find((role) => role === chosen) ?? 'member' });
    },
  };
}

function bulkForm({ onInviteAll }: InviteOptions): Form {
  return {
    heading: text('admin.bulk.title'),
    lead: paragraphs(text('admin.bulk.text'), text('admin.bulk.format')),
    fields: [
      {
        kind: 'long',
        name: 'csv',
        label: text('admin.bulk.csv'),
        file: text('admin.bulk.file'),
        rows: 8,
        missing: text('admin.bulk.missing'),
      },
    ],
    confirm: text('admin.bulk.send'),
    submit: ({ csv = '' }) => {
      onInviteAll(csv);
    },
  };
}
