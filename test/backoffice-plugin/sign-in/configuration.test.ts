import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { loadConfiguration } from '../../../backoffice-plugin/sign-in/configuration-file.ts';
import {
  defaultConfiguration,
  parseConfiguration,
} from '../../../backoffice-plugin/sign-in/sign-in-configuration.ts';

const folder = new URL('../../../backoffice-plugin/sign-in/', import.meta.url);
const url = new URL('http://site.localhost/App_Plugins/Penumbra/penumbra.config.json');

describe('parseConfiguration', () => {
  it('takes what a site says and the defaults for the rest', () => {
    expect(parseConfiguration({ label: ' Contoso ID ', autoRedirect: true })).toEqual({
      configuration: { ...defaultConfiguration, label: 'Contoso ID', autoRedirect: true },
      problems: [],
    });
  });

  it('finds nothing to fix in the file that is shipped, which says just the defaults', async () => {
    const shipped: unknown = JSON.parse(await readFile(new URL('penumbra.config.json', folder), 'utf8'));
    expect(parseConfiguration(shipped)).toEqual({ configuration: defaultConfiguration, problems: [] });
  });

  it('documents every field in the schema that is shipped, with the same default', async () => {
    const text = await readFile(new URL('penumbra.config.schema.json', folder), 'utf8');
    const { properties } = JSON.parse(text) as { properties: Record<string, { default?: unknown }> };
    const { $schema, ...documented } = properties;
    expect($schema).toBeDefined();
    const defaults = Object.fromEntries(
      Object.entries(documented).map(([name, field]) => [name, field.default]),
    );
    expect(defaults).toEqual(defaultConfiguration);
  });

  it.each<[string, unknown, RegExp]>([
    ['label', 7, /"label" must be a text/],
    ['label', '   ', /"label" must be a text/],
    ['label', 'x'.repeat(61), /"label" must be a text/],
    ['icon', '<svg/>', /"icon" must be the name of an icon/],
    ['look', 'huge', /"look" must be "default", "primary"/],
    ['color', 'red', /"color" must be "default", "positive"/],
    ['autoRedirect', 'true', /"autoRedirect" must be true or false, without quotes/],
    ['autoRedirect', null, /"autoRedirect" must be true or false/],
  ])('falls back for a %s of %j and says what to write', (name, value, message) => {
    const { configuration, problems } = parseConfiguration({ label: 'Kept', look: 'outline', [name]: value });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(message);
    expect(configuration[name as keyof typeof configuration]).toBe(
      defaultConfiguration[name as keyof typeof configuration],
    );
    if (name !== 'label') expect(configuration.label).toBe('Kept');
  });

  it('names an unknown field and those that there are', () => {
    const { configuration, problems } = parseConfiguration({ autoredirect: true });
    expect(configuration).toEqual(defaultConfiguration);
    expect(problems).toEqual([expect.stringMatching(/"autoredirect" is not a field.*autoRedirect/)]);
  });

  it.each([[null], ['text'], [['label']], [3]])('takes %j for no configuration at all', (content) => {
    const { configuration, problems } = parseConfiguration(content);
    expect(configuration).toEqual(defaultConfiguration);
    expect(problems).toHaveLength(1);
  });
});

describe('loadConfiguration', () => {
  async function load(
    answer: () => Promise<Response>,
    deadline?: AbortSignal,
  ): Promise<{ configuration: unknown; warnings: string[] }> {
    const warnings: string[] = [];
    const warn = (message: string): void => void warnings.push(message);
    const configuration = await loadConfiguration(url, {
      fetch: answer,
      warn,
      ...(deadline === undefined ? {} : { deadline }),
    });
    return { configuration, warnings };
  }

  it('uses the file without a word when it is right', async () => {
    const { configuration, warnings } = await load(() =>
      Promise.resolve(Response.json({ label: 'Contoso' })),
    );
    expect(configuration).toEqual({ ...defaultConfiguration, label: 'Contoso' });
    expect(warnings).toEqual([]);
  });

  it('takes a missing file for the defaults, without a word', async () => {
    const { configuration, warnings } = await load(() => Promise.resolve(new Response('', { status: 404 })));
    expect(configuration).toEqual(defaultConfiguration);
    expect(warnings).toEqual([]);
  });

  it('warns once about several mistakes and names the file', async () => {
    const { warnings } = await load(() => Promise.resolve(Response.json({ label: 1, look: 2, extra: 3 })));
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(/penumbra\.config\.json.*"extra".*"label".*"look"/);
  });

  it.each<[string, () => Promise<Response>, RegExp]>([
    ['is not JSON', () => Promise.resolve(new Response('{ label: ')), /not valid JSON/],
    ['comes with a 500', () => Promise.resolve(new Response('', { status: 500 })), /answered 500/],
    ['can not be fetched', () => Promise.reject(new TypeError('Failed to fetch')), /Failed to fetch/],
  ])('uses the defaults and warns once when the file %s', async (_, answer, message) => {
    const { configuration, warnings } = await load(answer);
    expect(configuration).toEqual(defaultConfiguration);
    expect(warnings).toEqual([expect.stringMatching(message)]);
  });

  it('waits no longer than its deadline, even for a fetch that never ends', async () => {
    const deadline = new AbortController();
    const loading = load(() => new Promise(() => undefined), deadline.signal);
    deadline.abort();
    const { configuration, warnings } = await loading;
    expect(configuration).toEqual(defaultConfiguration);
    expect(warnings).toEqual([expect.stringMatching(/in time/)]);
  });
});
