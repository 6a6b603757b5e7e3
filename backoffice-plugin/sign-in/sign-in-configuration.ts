import * as v from 'valibot';

/** What a site may say about the button "Sign in with ..." in `penumbra.config.json`. */
export interface SignInConfiguration {
  /** The service's name. Umbraco puts it into its own sentence in the user's language: "Sign in with {label}". */
  readonly label: string;
  /** An icon of the backoffice, for example `icon-lock`. */
  readonly icon: string;
  readonly look: 'default' | 'primary' | 'secondary' | 'outline' | 'placeholder';
  readonly color: 'default' | 'positive' | 'warning' | 'danger';
  /** Goes to the service at once instead of showing the start page (never after a logout). */
  readonly autoRedirect: boolean;
}

export const defaultConfiguration: SignInConfiguration = {
  label: 'Penumbra',
  icon: 'icon-fingerprint',
  look: 'primary',
  color: 'default',
  autoRedirect: false,
};

const labelRule = 'must be a text of 1 to 60 characters';
const iconRule = 'must be the name of an icon of the backoffice, for example "icon-lock"';
const lookRule = 'must be "default", "primary", "secondary", "outline" or "placeholder"';
const colorRule = 'must be "default", "positive", "warning" or "danger"';

const fields = {
  label: v.pipe(v.string(labelRule), v.trim(), v.minLength(1, labelRule), v.maxLength(60, labelRule)),
  icon: v.pipe(v.string(iconRule), v.regex(/^icon-[a-z0-9-]+$/, iconRule)),
  look: v.picklist(['default', 'primary', 'secondary', 'outline', 'placeholder'], lookRule),
  color: v.picklist(['default', 'positive', 'warning', 'danger'], colorRule),
  autoRedirect: v.boolean('must be true or false, without quotes'),
};

/** Names the schema that editors complete the file with; it configures nothing. */
const schemaField = '$schema';

/**
 * Parses the content of `penumbra.config.json`. Each field that is missing or wrong has its default; `problems`
 * says for each wrong or unknown one what to write instead, and is empty when nothing is wrong. Never throws.
 */
export function parseConfiguration(content: unknown): {
  configuration: SignInConfiguration;
  problems: string[];
} {
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    return { configuration: defaultConfiguration, problems: ['The file must hold a JSON object, { ... }.'] };
  }
  const given: Record<string, unknown> = { ...content };
  const known = Object.keys(fields);
  const problems = Object.keys(given)
    .filter((name) => name !== schemaField && !known.includes(name))
    .map((name) => `"${name}" is not a field: remove it, or use one of ${known.join(', ')}.`);

  const read = <Schema extends v.GenericSchema>(
    name: keyof SignInConfiguration,
    schema: Schema,
    fallback: v.InferOutput<Schema>,
  ): v.InferOutput<Schema> => {
    if (given[name] === undefined) return fallback;
    const result = v.safeParse(schema, given[name]);
    if (result.success) return result.output;
    problems.push(`"${name}" ${result.issues[0].message}; ${JSON.stringify(fallback)} is used.`);
    return fallback;
  };

  const configuration = {
    label: read('label', fields.label, defaultConfiguration.label),
    icon: read('icon', fields.icon, defaultConfiguration.icon),
    look: read('look', fields.look, defaultConfiguration.look),
    color: read('color', fields.color, defaultConfiguration.color),
    autoRedirect: read('autoRedirect', fields.autoRedirect, defaultConfiguration.autoRedirect),
  };
  return { configuration, problems };
}
