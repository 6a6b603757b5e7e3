// The fields of a policy, each with what the configuration says of it: a floor that no page can weaken.

import { html, nothing, type TemplateResult } from 'lit';
import { text } from '../localization/localize-administration.ts';
import { dayOf } from './dates.ts';
import type { Values } from './draft.ts';
import { isBelow } from './policy-possible.ts';
import { countryName, LEVELS, settingText, type Setting } from './policy-texts.ts';
import {
  chosenKinds,
  inHours,
  partsOf,
  possibleKinds,
  sessionField,
  type PolicyLimits,
} from './policy-values.ts';

export interface PolicyFieldsOptions {
  readonly limits: PolicyLimits;
  readonly mistakes: Values;
  readonly now: number;
  readonly onChange: (values: Values) => void;
  /** A site has neither grace nor resets of its own. */
  readonly ofSite?: boolean;
}

/** Draws the fields. */
export function policyFields(values: Values, options: PolicyFieldsOptions): TemplateResult {
  const { limits, ofSite } = options;
  return html`${demandFields(values, options)} ${kindFields(values, options)}
  ${ofSite ? nothing : graceFields(values, options)} ${sessionFields(values, options)}
  ${limits.countries.length === 0 ? nothing : countryFields(values, options)}
  ${ofSite ? nothing : resetFields(values, options)}`;
}

function group(
  setting: Setting,
  { limits: { floor } }: PolicyFieldsOptions,
  body: TemplateResult,
): TemplateResult {
  const says = settingText(floor, setting);
  return html`<section class="box" aria-labelledby="policy-${setting}">
    <h2 id="policy-${setting}">${text(`admin.policy.${setting}`)}</h2>
    ${
      says === undefined
        ? nothing
        : html`<p class="floor">${lock} <span>${text('admin.policy.floor', { says })}</span></p>`
    }
    ${body}
  </section>`;
}

const lock = html`<svg
  viewBox="0 0 24 24"
  fill="none"
  stroke="currentColor"
  stroke-width="1.8"
  stroke-linecap="round"
  aria-hidden="true"
>
  <rect x="5" y="10.5" width="14" height="10" rx="2" />
  <path d="M8 10.5V7.5a4 4 0 0 1 8 0v3" />
</svg>`;

function demandFields(values: Values, options: PolicyFieldsOptions): TemplateResult {
  const { floor } = options.limits;
  const set = setter(values, options);
  return html`${group(
    'required',
    options,
    html`<label class="tick"
      ><input
        type="checkbox"
        name="required"
        .checked=${values['required'] === 'true' || floor.required === true}
        ?disabled=${floor.required === true}
        @change=${(event: Event) => {
          set({ required: (event.target as HTMLInputElement).checked ? 'true' : '' });
        }}
      /><span
        >${text('admin.policy.required.label')}<span class="hint"
          >${text('admin.policy.required.hint')}</span
        ></span
      ></label
    >`,
  )}
  ${group(
    'least',
    options,
    html`<fieldset aria-label=${text('admin.policy.least')}>
      ${['', ...LEVELS].map((level) => {
        const known = LEVELS.find((each) => each === level);
        return html`<label class="tick"
          ><input
            type="radio"
            name="least"
            value=${level}
            .checked=${(values['least'] ?? '') === level}
            ?disabled=${known !== undefined && isBelow(known, floor.least)}
            @change=${() => {
              set({ least: level });
            }}
          /><span
            >${known === undefined ? text('admin.policy.least.open') : text(`admin.least.${known}`)}<span
              class="hint"
              >${known === undefined ? '' : text(`admin.policy.least.${known}`)}</span
            ></span
          ></label
        >`;
      })}
    </fieldset>`,
  )}`;
}

function kindFields(values: Values, options: PolicyFieldsOptions): TemplateResult {
  const { limits } = options;
  const possible = possibleKinds(limits);
  const chosen = chosenKinds(values, limits);
  return group(
    'accepted',
    options,
    html`<p class="hint">${text('admin.policy.accepted.hint')}</p>
      <fieldset aria-label=${text('admin.policy.accepted')}>
        ${limits.kinds.map(
          (kind) =>
            html`<label class="tick"
              ><input
                type="checkbox"
                name="accepted"
                value=${kind}
                .checked=${chosen.includes(kind)}
                ?disabled=${!possible.includes(kind)}
                @change=${(event: Event) => {
                  const { checked } = event.target as HTMLInputElement;
                  const next = possible.filter((each) => (each === kind ? checked : chosen.includes(each)));
                  setter(values, options)({ accepted: next.join(',') });
                }}
              /><span
                >${text(`factor.${kind}`)}<span class="hint">${text(`admin.policy.kind.${kind}`)}</span></span
              ></label
            >`,
        )}
      </fieldset>`,
  );
}

function graceFields(values: Values, options: PolicyFieldsOptions): TemplateResult {
  const set = setter(values, options);
  const on = values['grace'] === 'true';
  return group(
    'grace',
    options,
    html`<label class="tick"
        ><input
          type="checkbox"
          name="grace"
          .checked=${on}
          @change=${(event: Event) => {
            const { checked } = event.target as HTMLInputElement;
            set({
              grace: checked ? 'true' : '',
              ...(checked && values['graceUntil'] === '' && { graceUntil: dayOf(options.now + 14 * 86_400) }),
            });
          }}
        /><span
          >${text('admin.policy.grace.label')}<span class="hint"
            >${text('admin.policy.grace.hint')}</span
          ></span
        ></label
      >
      ${
        on
          ? html`<div class="pair">
              ${lineField('graceUntil', text('admin.policy.grace.until'), 'date', values, options)}
              ${lineField('graceSnoozes', text('admin.policy.grace.snoozes'), 'number', values, options)}
            </div>`
          : nothing
      }`,
  );
}

function sessionFields(values: Values, options: PolicyFieldsOptions): TemplateResult {
  const { floor } = options.limits;
  return group(
    'sessions',
    options,
    html`<p class="hint">${text('admin.policy.sessions.hint')}</p>
      <div class="lengths">
        ${LEVELS.map(
          (level) =>
            html`<fieldset>
              <legend>${text(`admin.least.${level}`)}</legend>
              <div class="pair">
                ${(['overall', 'idle'] as const).map((what) =>
                  lineField(
                    sessionField(level, what),
                    text(`admin.policy.sessions.${what}`),
                    'number',
                    values,
                    options,
                    inHours(floor.sessions?.[level]?.[what]),
                  ),
                )}
              </div>
            </fieldset>`,
        )}
      </div>`,
  );
}

function countryFields(values: Values, options: PolicyFieldsOptions): TemplateResult {
  const { countries } = options.limits;
  const chosen = partsOf(values['countries']);
  return group(
    'countries',
    options,
    html`<p class="hint">${text('admin.policy.countries.hint')}</p>
      <fieldset class="countries" aria-label=${text('admin.policy.countries')}>
        ${countries.map(
          (code) =>
            html`<label class="tick"
              ><input
                type="checkbox"
                name="countries"
                value=${code}
                .checked=${chosen.includes(code)}
                @change=${(event: Event) => {
                  const { checked } = event.target as HTMLInputElement;
                  const next = countries.filter((each) => (each === code ? checked : chosen.includes(each)));
                  setter(values, options)({ countries: next.join(',') });
                }}
              /><span>${countryName(code)}</span></label
            >`,
        )}
      </fieldset>`,
  );
}

function resetFields(values: Values, options: PolicyFieldsOptions): TemplateResult {
  const least = inHours(options.limits.floor.resetDelaySeconds);
  return group(
    'resetDelaySeconds',
    options,
    html`<p class="hint">${text('admin.policy.resetDelay.hint')}</p>
      ${lineField('resetDelay', text('admin.policy.resetDelay.label'), 'number', values, options, least)}`,
  );
}

function lineField(
  name: string,
  label: string,
  type: 'date' | 'number',
  values: Values,
  options: PolicyFieldsOptions,
  placeholder = '',
): TemplateResult {
  const mistake = options.mistakes[name];
  return html`<div class="field">
    <label for=${name}>${label}</label>
    <input
      id=${name}
      name=${name}
      type=${type}
      min=${type === 'number' ? '0' : dayOf(options.now)}
      step=${type === 'number' ? 'any' : nothing}
      placeholder=${placeholder === '' ? nothing : placeholder}
      autocomplete="off"
      .value=${values[name] ?? ''}
      aria-invalid=${mistake !== undefined}
      aria-describedby="${name}-problem"
      @input=${(event: Event) => {
        setter(values, options)({ [name]: (event.target as HTMLInputElement).value });
      }}
    />
    <div id="${name}-problem" class="problem" role="alert">${mistake ?? nothing}</div>
  </div>`;
}

function setter(values: Values, { onChange }: PolicyFieldsOptions): (some: Values) => void {
  return (some) => {
    onChange({ ...values, ...some });
  };
}
