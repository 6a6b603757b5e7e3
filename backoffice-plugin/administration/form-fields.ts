// The fields of the administration's forms. Native ones in the form's own root, as everywhere (see elements/fields.ts).

import { css, html, nothing, type CSSResult, type TemplateResult } from 'lit';
import type { Values } from './draft.ts';
import type { Field, Option } from './form.ts';

interface FieldState {
  readonly value: string;
  readonly problem: string | undefined;
}

/** Draws a field with its label, its hint and what is wrong with it. */
export function formField(field: Field, state: FieldState): TemplateResult {
  if (field.kind === 'check') return check(field, state);
  if (field.kind === 'radio') return radios(field, field.options, state);
  return html`<div class="field">
    <label for=${field.name}>${field.label}</label>
    ${field.hint === undefined ? nothing : html`<p id="${field.name}-hint" class="hint">${field.hint}</p>`}
    ${control(field, state)} ${problem(field, state)}
  </div>`;
}

/** Reads what stands in the fields. */
export function valuesOf(root: ParentNode, fields: readonly Field[]): Values {
  return Object.fromEntries(fields.map((field) => [field.name, valueOf(root, field)]));
}

function valueOf(root: ParentNode, { kind, name }: Field): string {
  const named = `[name="${name}"]`;
  if (kind === 'check') return root.querySelector<HTMLInputElement>(named)?.checked ? 'true' : '';
  if (kind === 'radio') return root.querySelector<HTMLInputElement>(`${named}:checked`)?.value ?? '';
  return root.querySelector<HTMLInputElement>(named)?.value.trim() ?? '';
}

type Lined = Exclude<Field, { kind: 'check' | 'radio' }>;

function control(field: Lined, { value, problem: wrong }: FieldState): TemplateResult {
  const { name, hint } = field;
  const described = `${hint === undefined ? '' : `${name}-hint `}${name}-problem`;
  const invalid = wrong !== undefined;
  switch (field.kind) {
    case 'choice':
      return html`<select id=${name} name=${name} aria-invalid=${invalid} aria-describedby=${described}>
        ${field.options.map(
          (option) =>
            html`<option value=${option.value} ?selected=${option.value === value}>${option.label}</option>`,
        )}
      </select>`;
    case 'long':
      return html`<textarea
          id=${name}
          name=${name}
          rows=${field.rows ?? 3}
          maxlength=${field.maxLength ?? nothing}
          .value=${value}
          aria-invalid=${invalid}
          aria-describedby=${described}
        ></textarea>
        ${field.file === undefined ? nothing : filePicker(field.file, name)}`;
    default:
      return html`<input
        id=${name}
        name=${name}
        type=${field.kind}
        autocomplete="off"
        maxlength=${field.maxLength ?? nothing}
        min=${field.min ?? nothing}
        max=${field.max ?? nothing}
        .value=${value}
        aria-invalid=${invalid}
        aria-describedby=${described}
      />`;
  }
}

function filePicker(label: string, name: string): TemplateResult {
  return html`<label class="file"
    ><span>${label}</span
    ><input
      type="file"
      accept=".csv,.txt,text/csv,text/plain"
      @change=${(event: Event) => void readInto(event.target as HTMLInputElement, name)}
  /></label>`;
}

async function readInto(picker: HTMLInputElement, name: string): Promise<void> {
  const words = await picker.files?.[0]?.text();
  const into = picker.form?.elements.namedItem(name);
  if (words !== undefined && into instanceof HTMLTextAreaElement) into.value = words;
}

function check(field: Field, { value, problem: wrong }: FieldState): TemplateResult {
  const { name, label, hint } = field;
  return html`<div class="field">
    <label class="tick"
      ><input
        id=${name}
        name=${name}
        type="checkbox"
        .checked=${value === 'true'}
        aria-invalid=${wrong !== undefined}
        aria-describedby="${name}-hint"
      /><span>${label}</span></label
    >
    <p id="${name}-hint" class="hint">${hint ?? nothing}</p>
  </div>`;
}

function radios(field: Field, options: readonly Option[], state: FieldState): TemplateResult {
  const { name, label, hint } = field;
  return html`<fieldset class="field" aria-describedby="${name}-problem">
    <legend>${label}</legend>
    ${hint === undefined ? nothing : html`<p class="hint">${hint}</p>`}
    ${options.map(
      (option) =>
        html`<label class="tick"
          ><input
            name=${name}
            type="radio"
            value=${option.value}
            .checked=${option.value === state.value}
          /><span
            >${option.label}${
              option.hint === undefined ? nothing : html`<span class="hint">${option.hint}</span>`
            }</span
          ></label
        >`,
    )}
    ${problem(field, state)}
  </fieldset>`;
}

// It stays in the page while empty: a live region must be there before its words.
function problem({ name }: Field, { problem: words }: FieldState): TemplateResult {
  return html`<div id="${name}-problem" class="problem" role="alert">${words ?? nothing}</div>`;
}

export const fieldStyles: CSSResult = css`
  .field {
    min-width: 0;
  }
  fieldset {
    margin: 0;
    padding: 0;
    border: 0;
  }
  legend {
    margin-bottom: var(--uui-size-2);
  }
  textarea {
    width: 100%;
    min-height: 88px;
    padding: 9px var(--uui-size-4);
    border: 1px solid var(--penumbra-field-border, var(--uui-color-border-emphasis));
    border-radius: var(--uui-border-radius-2, 6px);
    background: var(--uui-color-surface);
    color: var(--uui-color-text);
    font: inherit;
    font-size: 16px;
    resize: vertical;
  }
  textarea:focus-visible {
    outline: 2px solid var(--uui-color-focus);
    outline-offset: 1px;
  }
  :is(textarea, select)[aria-invalid='true'] {
    border-color: var(--penumbra-danger-text, var(--uui-color-danger-standalone));
  }
  .tick {
    display: flex;
    align-items: flex-start;
    gap: 9px;
    padding: 4px 0;
    font-size: 15px;
    font-weight: 400;
    cursor: pointer;
  }
  .tick input {
    margin-top: 2px;
  }
  .tick .hint {
    display: block;
  }
  .field > .hint:empty {
    display: none;
  }
  .file {
    display: grid;
    gap: 6px;
    font-weight: 400;
  }
  input[type='file']:not(#none) {
    height: auto;
    padding: 9px;
    font-size: 14px;
  }
`;
