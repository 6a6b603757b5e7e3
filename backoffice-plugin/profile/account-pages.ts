// What the account page is filled with: its sections, or one thing that takes the page for itself.

import { html, nothing, type TemplateResult } from 'lit';
import type { AccountView, EnrollmentWire, PendingWire } from '../../worker/interaction/wire.ts';
import type { AccountAction } from '../api/account.api.ts';
import type { EnrollmentAction } from '../api/interaction.api.ts';
import type { Failure } from '../api/problem.ts';
import '../elements/enrollment.element.ts';
import { failureText } from '../elements/failure-text.ts';
import '../elements/recovery-codes.element.ts';
import { text } from '../localization/localize.ts';
import type { CodesTask, Task } from './account-task.ts';
import './activity.element.ts';
import { codesSection } from './codes-section.ts';
import { detailsSection } from './details-section.ts';
import { factorsSection } from './factors-section.ts';
import type { News } from './news.ts';
import { section } from './section.ts';
import { sectionList } from './section-list.ts';
import { sessionsSection } from './sessions-section.ts';

/** Names what the page shows, unless a screen on it has a heading of its own. */
export function titleOf(task: Task): string {
  if (task.kind === 'codes') return text('recoveryCodes.title');
  return text(task.kind === 'fresh' ? 'account.fresh.title' : 'account.title');
}

/** Draws the sections. */
export function accountPage(
  view: AccountView,
  options: {
    /** What could not be done, unless a dialog says so. */
    readonly failure: Failure | undefined;
    readonly news: News | undefined;
    readonly busy: boolean;
    readonly onOpen: (task: Task) => void;
    readonly onAct: (action: AccountAction) => void;
    readonly onNewCodes: () => void;
    readonly onSignOut: () => void;
  },
): TemplateResult {
  const { news, onOpen, onAct, onSignOut, onNewCodes, busy } = options;
  const onOffer = (): void => {
    onAct({ type: 'sessions/end-others' });
  };
  return html`<div class="title">
      <h1>${text('account.title')}</h1>
      ${view.administers ? html`<a class="link" href="/admin">${text('account.administration')}</a>` : nothing}
    </div>
    ${problem(options.failure)}
    <div class="columns">
      ${sectionList()}
      <div class="sections">
        ${detailsSection(view, { news, onOpen })} ${factorsSection(view, { news, onOpen, onAct, onOffer })}
        ${codesSection(view, { news, busy, onNew: onNewCodes, onOffer })}
        ${sessionsSection(view, { news, onOpen, onAct, onSignOut })}
        ${section(
          'activity',
          { news },
          html`<p class="lead">${text('activity.lead')}</p>
            <penumbra-activity .activity=${view.activity}></penumbra-activity>`,
        )}
      </div>
    </div>`;
}

interface TaskPageOptions {
  readonly failure: Failure | undefined;
  readonly busy: boolean;
  readonly now: (() => number) | undefined;
  readonly onEnrollment: (event: CustomEvent<EnrollmentAction>) => void;
  /** The screen tells its heading, which is the page's title. */
  readonly onHeading: (event: CustomEvent<string>) => void;
  readonly onSaved: (task: CodesTask) => void;
  readonly onLeave: (path: string) => void;
  readonly onCancel: () => void;
}

/**
 * Draws a task that takes the page for itself: on a phone it would be lost between the other parts. Undefined for one
 * that doesn't.
 */
export function taskPage(
  view: AccountView,
  task: Task,
  options: TaskPageOptions,
): TemplateResult | undefined {
  switch (task.kind) {
    case 'fresh':
      return freshPage(task.way, options);
    case 'codes':
      return codesPage(task, options.onSaved);
    case 'add':
      return enrolling(view, task.pending, { ...options, kinds: view.mfa.kinds });
    case 'number': {
      const old = view.enrollments.find((each) => each.enrollmentId === task.enrollmentId);
      const now = options.now?.() ?? Date.now() / 1000;
      const proven = old?.changeUntil !== undefined && old.changeUntil > now;
      if (!old || (!proven && !task.pending)) return undefined;
      return enrolling(view, task.pending, { ...options, kinds: ['phone'], old });
    }
    default:
      return undefined;
  }
}

function enrolling(
  view: AccountView,
  pending: PendingWire | undefined,
  options: TaskPageOptions & {
    readonly kinds: AccountView['mfa']['kinds'];
    readonly old?: EnrollmentWire;
  },
): TemplateResult {
  const { phone } = view.mfa;
  const { old } = options;
  return html`<div class="box alone">
    ${old ? numberSteps(old, pending) : nothing}
    <penumbra-enrollment
      .view=${{ kinds: options.kinds, reasons: [], because: 'first', ...(phone && { phone }), ...(pending && { pending }) }}
      .failure=${options.failure}
      ?busy=${options.busy}
      .now=${options.now}
      .takenNames=${view.enrollments.map(({ name }) => name)}
      .suggestedName=${old?.name}
      @penumbra-heading=${options.onHeading}
      @penumbra-action=${options.onEnrollment}
    >
      <div slot="leave" class="actions">${cancel(options.onCancel)}</div>
    </penumbra-enrollment>
  </div>`;
}

function numberSteps(old: EnrollmentWire, pending: PendingWire | undefined): TemplateResult {
  const destination = old.destination ?? old.name;
  return html`<div>
    <p class="step">${text('account.number.step', { step: pending ? 3 : 2 })}</p>
    <p class="hint">
      ${text(pending ? 'account.number.newSent' : 'account.number.oldProven', { destination })}
    </p>
  </div>`;
}

/** Draws a new set of recovery codes. */
function codesPage(task: CodesTask, onSaved: TaskPageOptions['onSaved']): TemplateResult {
  if (!task.codes) return html`<p class="lead" role="status">${text('account.codes.making')}</p>`;
  return html`<div class="box alone">
    <div>
      <h1 tabindex="-1">${text('recoveryCodes.title')}</h1>
      <p class="lead">${text('recoveryCodes.lead')}</p>
    </div>
    <penumbra-recovery-codes
      .codes=${task.codes}
      @penumbra-saved=${() => {
        onSaved(task);
      }}
    ></penumbra-recovery-codes>
  </div>`;
}

/** Draws what there is to see before the account was loaded, or when it could not be. */
export function noAccountPage(options: {
  readonly failure: Failure | undefined;
  readonly busy: boolean;
  readonly onLoad: () => void;
}): TemplateResult {
  if (!options.failure) return html`<p class="lead" role="status">${text('app.loading')}</p>`;
  return html`<h1>${text('failed.title')}</h1>
    ${problem(options.failure)}
    <div>
      <penumbra-button look="primary" class="narrow" ?busy=${options.busy} @click=${options.onLoad}
        >${text('action.tryAgain')}</penumbra-button
      >
    </div>`;
}

function problem(failure: Failure | undefined): TemplateResult {
  return html`<div class="problem" role="alert">${failure ? failureText(failure) : nothing}</div>`;
}

/** Draws the way to a sign-in that is new enough. */
function freshPage(way: string, { onLeave, onCancel }: TaskPageOptions): TemplateResult {
  return html`<div class="box alone">
    <div>
      <h1 tabindex="-1">${text('account.fresh.title')}</h1>
      <p class="lead">${text('account.fresh.text')}</p>
    </div>
    <penumbra-button
      look="primary"
      @click=${() => {
        onLeave(way);
      }}
      >${text('account.fresh.go')}</penumbra-button
    >
    <div class="actions">${cancel(onCancel)}</div>
  </div>`;
}

function cancel(onCancel: () => void): TemplateResult {
  return html`<button type="button" class="link" @click=${onCancel}>${text('action.cancel')}</button>`;
}
