// The forms about a site, and its secret.

import type { AdminSiteWire, NewSiteWire } from '../../worker/interaction/wire.ts';
import type { NewSite, SiteChange } from '../api/site-administration.api.ts';
import { text } from '../localization/localize-administration.ts';
import type { Task, Values } from './draft.ts';
import { NO_FIELDS, paragraphs } from './form-dialog.element.ts';
import type { Field, Form } from './form.ts';
import type { ShownOnce } from './secret-dialog.element.ts';

/** Asks what there is to know of a new site. */
export function newSiteForm(onAdd: (site: NewSite) => void): Form {
  return {
    heading: text('admin.site.addTitle'),
    lead: text('admin.site.addText'),
    fields: [
      ...siteFields(undefined),
      {
        kind: 'radio',
        name: 'type',
        label: text('admin.site.type'),
        value: 'secret',
        options: [
          { value: 'secret', label: text('admin.site.withSecret'), hint: text('admin.site.withSecretHint') },
          { value: 'public', label: text('admin.site.public'), hint: text('admin.site.publicHint') },
        ],
      },
    ],
    confirm: text('admin.site.add'),
    check: uriMistakes,
    submit: ({ name = '', redirectUris, postLogoutRedirectUris, type }) => {
      onAdd({
        name,
        redirectUris: lines(redirectUris),
        postLogoutRedirectUris: lines(postLogoutRedirectUris),
        isPublic: type === 'public',
      });
    },
  };
}

interface SiteFormOptions {
  readonly onChange: (change: SiteChange, news: string) => void;
  readonly onSecret: () => void;
  readonly onRemove: () => void;
}

/** Gives the form of a task about a site; undefined where there is none. */
export function siteForm(site: AdminSiteWire, task: Task, options: SiteFormOptions): Form | undefined {
  const { name } = site;
  switch (task.form) {
    case 'change':
      return {
        heading: text('admin.site.changeTitle', { name }),
        lead: text('admin.site.changeText'),
        fields: siteFields(site),
        confirm: text('account.save'),
        check: uriMistakes,
        submit: (values) => {
          const change = {
            name: values['name'] ?? '',
            redirectUris: lines(values['redirectUris']),
            postLogoutRedirectUris: lines(values['postLogoutRedirectUris']),
          };
          options.onChange(change, text('admin.site.changed', { name: change.name }));
        },
      };
    case 'secret':
      return {
        heading: text('admin.site.secretTitle', { name }),
        lead: text('admin.site.secretText'),
        fields: NO_FIELDS,
        confirm: text('admin.site.newSecret'),
        danger: true,
        submit: options.onSecret,
      };
    case 'remove':
      return {
        heading: text('admin.site.removeTitle', { name }),
        lead: paragraphs(text('admin.site.removeText'), text('admin.remove.forGood')),
        fields: NO_FIELDS,
        confirm: text('admin.site.remove'),
        danger: true,
        submit: options.onRemove,
      };
    default:
      return undefined;
  }
}

/** What is shown of a site that has just got a secret; undefined for one without. */
export function secretOf({ site, clientSecret }: NewSiteWire): ShownOnce | undefined {
  if (clientSecret === undefined) return undefined;
  return {
    heading: text('admin.site.shownTitle', { name: site.name }),
    lead: text('admin.site.shownText', { clientId: site.clientId }),
    label: text('admin.site.secret'),
    secret: clientSecret,
    warnings: [text('admin.site.once'), text('admin.site.keep')],
  };
}

function siteFields(site: AdminSiteWire | undefined): readonly Field[] {
  return [
    {
      kind: 'text',
      name: 'name',
      label: text('account.name'),
      hint: text('admin.site.nameHint'),
      value: site?.name ?? '',
      missing: text('admin.site.nameMissing'),
      maxLength: 100,
    },
    {
      kind: 'long',
      name: 'redirectUris',
      label: text('admin.site.redirectUris'),
      hint: text('admin.site.redirectHint'),
      value: site?.redirectUris.join('\n') ?? '',
      missing: text('admin.site.redirectMissing'),
    },
    {
      kind: 'long',
      name: 'postLogoutRedirectUris',
      label: text('admin.site.postLogoutUris'),
      hint: text('admin.site.postLogoutHint'),
      value: site?.postLogoutRedirectUris.join('\n') ?? '',
    },
  ];
}

function uriMistakes(values: Values): Values {
  const wrong = ['redirectUris', 'postLogoutRedirectUris'].flatMap((field) => {
    const bad = lines(values[field]).find((line) => !URL.canParse(line) || line.includes('#'));
    return bad === undefined ? [] : [[field, text('admin.site.badUri', { uri: bad })] as const];
  });
  return Object.fromEntries(wrong);
}

function lines(typed: string | undefined): readonly string[] {
  return (typed ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
