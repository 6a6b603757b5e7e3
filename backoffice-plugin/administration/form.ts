// What a form of the administration asks for. A description only: `form-dialog.element.ts` draws it.

import type { TemplateResult } from 'lit';
import type { Values } from './draft.ts';

interface FieldBase {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly value?: string;
  /** What is said when it was left empty; absent: it may be. */
  readonly missing?: string;
}

export interface Option {
  readonly value: string;
  readonly label: string;
  readonly hint?: string;
}

export type Field =
  | (FieldBase & {
      readonly kind: 'text' | 'email' | 'date';
      readonly maxLength?: number;
      readonly min?: string;
      readonly max?: string;
    })
  | (FieldBase & {
      /** Several lines. */
      readonly kind: 'long';
      readonly maxLength?: number;
      readonly rows?: number;
      /** A file can be read into it; says so. */
      readonly file?: string;
    })
  | (FieldBase & {
      /** One of several, in a list that opens. */
      readonly kind: 'choice';
      readonly options: readonly Option[];
    })
  | (FieldBase & {
      /** One of several, all of them seen. */
      readonly kind: 'radio';
      readonly options: readonly Option[];
    })
  | (FieldBase & { readonly kind: 'check' });

export interface Form {
  readonly heading: string;
  /** What happens when it is confirmed: nobody has to guess. */
  readonly lead: string | TemplateResult;
  readonly fields: readonly Field[];
  readonly confirm: string;
  /** It can't be taken back, or somebody loses something. */
  readonly danger?: boolean;
  /** Finds mistakes that the fields alone don't show, by field. */
  readonly check?: (values: Values) => Values;
  readonly submit: (values: Values) => void;
}
