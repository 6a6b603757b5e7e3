// How a file looks, wherever it is: its name and size, what it may say, and what only some may do.
import ts from 'typescript';
import { prefix } from '../../worker/storage-keys.ts';
import type { Rule } from './layers.ts';
import { lineOf, type Source, visit } from './sources.ts';

const MOST_LINES = 300;
// Put together, or this file would break its own rule.
const TS_IGNORE = ['@ts', 'ignore'].join('-');
const ESLINT_DISABLE = ['eslint', 'disable'].join('-');
const VARIABLE = /^(PENUMBRA|UPSTASH|RESEND|TWILIO)_[A-Z_]+$/;
// The account's record has a field for each enrollment under this name too, so only its use as a key is looked for.
const FIELD_TOO = new Set<string>([prefix.enrollment]);

/** Static files of the package's own that it reads where it may have no client yet. */
const MAY_FETCH = [
  'backoffice-plugin/sign-in/configuration-file.ts',
  'backoffice-plugin/sign-in/app-entry-point.ts',
];
const DEFAULT_EXPORTS = ['worker/cloudflare.ts', 'test/runtime/cloudflare-entry.ts'];

function eachNode(
  applies: (path: string) => boolean,
  breaks: (node: ts.Node) => string | undefined,
): Rule['broken'] {
  return (sources) =>
    sources.filter(({ path }) => applies(path)).flatMap((source) => brokenNodes(source, breaks));
}

function brokenNodes({ path, tree }: Source, breaks: (node: ts.Node) => string | undefined): string[] {
  const found: string[] = [];
  if (!tree) return found;
  visit(tree, (node) => {
    const what = breaks(node);
    if (what !== undefined) found.push(`${path}:${lineOf(tree, node)} ${what}`);
  });
  return found;
}

function eachLine(applies: (path: string) => boolean, breaks: (line: string) => boolean): Rule['broken'] {
  return (sources) =>
    sources
      .filter(({ path }) => applies(path))
      .flatMap(({ path, text }) =>
        text
          .split('\n')
          .flatMap((line, index) => (breaks(line) ? [`${path}:${index + 1} ${line.trim()}`] : [])),
      );
}

const isGenerated = (path: string): boolean => path.includes('/generated/');
const inCore = (path: string): boolean =>
  path.startsWith('worker/') && !/^worker\/(adapters|cli)\/|^worker\/(cloudflare|deno)\.ts$/.test(path);
const isCode = (path: string): boolean => /\.(ts|js|mjs)$/.test(path);

/** `worker/x` for `worker/x/y.ts`, and for the `worker/x.ts` beside it. */
function folderOf({ path }: Source): string {
  return path.replace(/^(worker\/[^/.]+)(\/.*|\.ts)$/, '$1');
}

function leaderless(sources: readonly Source[]): string[] {
  const nested = sources.filter(({ path }) => /^worker\/[^/]+\/[^/]+\.ts$/.test(path));
  // `config.ts` leads `config/`, beside which it stands.
  const beside = sources.filter(({ path }) => nested.some((file) => folderOf(file) === path.slice(0, -3)));
  const folders = Map.groupBy([...nested, ...beside], folderOf);
  const opens = ({ text }: Source): boolean => /^(\/\/ .+\n){2,5}(?!\/\/)/.test(text);
  return [...folders].filter(([, files]) => !files.some(opens)).map(([folder]) => folder);
}

const NETWORK = new Set(['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource', 'sendBeacon']);

function networkUse(node: ts.Node): string | undefined {
  if (!ts.isIdentifier(node) || !NETWORK.has(node.text)) return undefined;
  const { parent } = node;
  const called = ts.isCallExpression(parent) && parent.expression === node;
  const made = ts.isNewExpression(parent) && parent.expression === node;
  const ofGlobal =
    ts.isPropertyAccessExpression(parent) &&
    parent.name === node &&
    ['globalThis', 'window', 'self', 'navigator'].includes(parent.expression.getText());
  return called || made || ofGlobal ? `uses ${node.text}` : undefined;
}

function literalText(node: ts.Node): string | undefined {
  if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node)) return node.text;
  return undefined;
}

const prefixes = Object.values(prefix).filter((text) => !FIELD_TOO.has(text));
// A key that is written out in Lua: the first argument of a command, or what `load` and `save` are given.
const LITERAL_KEY = /redis\.call\('\w+',\s*'(?!\$\{)|\b(?:load|save)\('(?!\$\{)/;

function literalKey(node: ts.Node): string | undefined {
  const text = literalText(node) ?? (ts.isTemplateMiddleOrTemplateTail(node) ? node.text : undefined);
  if (text === undefined) return undefined;
  const named = prefixes.find((known) => text.startsWith(known) || text.includes(`'${known}`));
  // The parts of a template are cut at `${`, so a key that is taken from the table ends the part.
  const written = LITERAL_KEY.exec(text.endsWith(`'`) ? text.slice(0, -1) : text);
  return named !== undefined || written ? `writes the key ${named ?? written?.[0] ?? ''} out` : undefined;
}

export const MANNER_RULES: readonly Rule[] = [
  {
    title: 'only the configuration reads names of variables; entries and the command line may list them',
    broken: eachNode(
      (path) => inCore(path) && !/^worker\/config(\.ts$|\/)/.test(path),
      (node) => {
        const text = literalText(node) ?? (ts.isIdentifier(node) ? node.text : '');
        return VARIABLE.test(text) ? `reads ${text}` : undefined;
      },
    ),
    wrong: [
      ['worker/oidc/discovery.ts', `const issuer = env['PENUMBRA_ISSUER'];`],
      ['worker/session/session.ts', `const token = env.UPSTASH_REDIS_REST_TOKEN;`],
      ['worker/factors/limits.ts', `const from = env.TWILIO_FROM;`],
    ],
    right: [['worker/config/keys.ts', `readRootKeys(variables, 'PENUMBRA_ROOT_KEYS', mistakes);`]],
  },
  {
    title: 'nobody but the entries and the command line looks at the environment',
    broken: eachLine(
      (path) => inCore(path) || /^worker\/adapters\/|^backoffice-plugin\//.test(path),
      (line) => /\b(process|Deno|Bun|import\.meta)\.env\b/.test(line),
    ),
    wrong: [
      ['worker/adapters/ports.ts', `const key = process.env['X'];`],
      ['worker/pages/frame.ts', `if (import.meta.env.DEV) {}`],
    ],
  },
  {
    title: 'the core asks the network only through ports',
    broken: eachNode(inCore, networkUse),
    wrong: [['worker/oidc/token.routes.ts', `await fetch('https://example.com');`]],
    right: [['worker/app.ts', `app.fetch(request);`]],
  },
  {
    title: 'in the package only api/ asks the network, beside the reader of its own static configuration',
    broken: eachNode(
      (path) =>
        path.startsWith('backoffice-plugin/') &&
        !path.startsWith('backoffice-plugin/api/') &&
        !MAY_FETCH.includes(path),
      networkUse,
    ),
    wrong: [
      ['backoffice-plugin/elements/screen.ts', `void fetch('/api/account');`],
      ['backoffice-plugin/profile/account.element.ts', `void window.fetch('/api/account');`],
      ['backoffice-plugin/profile/account.element.ts', `new XMLHttpRequest();`],
    ],
    right: [['backoffice-plugin/api/client.ts', `await fetch('/api/account');`]],
  },
  {
    title: 'every key of the store comes from storage-keys.ts, in Lua too',
    broken: eachNode(
      (path) => path.startsWith('worker/') && path !== 'worker/storage-keys.ts' && !isGenerated(path),
      literalKey,
    ),
    wrong: [
      ['worker/session/session.steps.ts', 'const key = `session:${hash}`;'],
      ['worker/session/session.steps.ts', `const lua = "local account = load('account:' .. session.sub)";`],
      ['worker/factors/enrollment.lua.ts', `const lua = "redis.call('DEL', 'enrollment:' .. id)";`],
      ['worker/jobs/queue.steps.ts', `const lua = "redis.call('ZADD', 'queue', 1, 'x')";`],
    ],
    right: [
      [
        'worker/session/session.steps.ts',
        "const lua = `local account = load('${prefix.account}' .. session.sub)`;",
      ],
      ['worker/factors/enrollment.lua.ts', `const lua = "redis.call('HDEL', key, 'enrollment:' .. id)";`],
    ],
  },
  {
    title: 'no default exports but the entries of workers and the configuration of tools',
    broken: eachNode(
      (path) => !DEFAULT_EXPORTS.includes(path) && !/^[^/]+\.config\.(ts|js|mjs)$/.test(path),
      (node) => {
        const isDefault =
          ts.isExportAssignment(node) ||
          (node.kind === ts.SyntaxKind.DefaultKeyword && !ts.isDefaultClause(node.parent)) ||
          (ts.isExportSpecifier(node) && node.name.text === 'default');
        return isDefault ? 'exports by default' : undefined;
      },
    ),
    wrong: [
      ['worker/app.ts', 'export default createApp;'],
      ['worker/app.ts', 'export default function createApp() {}'],
      ['worker/app.ts', 'export { createApp as default };'],
    ],
    right: [
      ['vite.config.ts', 'export default {};'],
      ['worker/app.ts', 'switch (x) { default: break; }'],
    ],
  },
  {
    title: 'a file is named for what it holds',
    broken: (sources) =>
      sources
        .map(({ path }) => path)
        .filter((path) => /(^|\/)(utils?|helpers?|common|misc)(\.|\/)/i.test(path)),
    wrong: [
      ['worker/http/utils.ts', ''],
      ['worker/helpers/time.ts', ''],
      ['backoffice-plugin/misc.styles.ts', ''],
    ],
    right: [['worker/accounts/generated/common-passwords.ts', '']],
  },
  {
    title: `a file has at most ${MOST_LINES} lines`,
    broken: (sources) =>
      sources
        .filter(({ path }) => !isGenerated(path))
        .map(({ path, text }) => ({ path, lines: text.replace(/\n$/, '').split('\n').length }))
        .filter(({ lines }) => lines > MOST_LINES)
        .map(({ path, lines }) => `${path} has ${lines}`),
    wrong: [['worker/app.ts', 'x();\n'.repeat(MOST_LINES + 1)]],
    right: [['worker/app.ts', 'x();\n'.repeat(MOST_LINES)]],
  },
  {
    title: 'the type checker is never told to look away',
    broken: (sources) => [
      ...eachNode(isCode, (node) => (node.kind === ts.SyntaxKind.AnyKeyword ? 'says any' : undefined))(
        sources,
      ),
      ...eachLine(isCode, (line) =>
        /(\/\/|\/\*)\s*(eslint-disable|@ts-(ignore|expect-error|nocheck))/.test(line),
      )(sources),
    ],
    wrong: [
      ['worker/app.ts', 'const x: any = 1;'],
      ['worker/app.ts', `// ${TS_IGNORE}`],
      ['worker/app.ts', `/* ${ESLINT_DISABLE} */`],
    ],
  },
  {
    title: 'a folder of the worker has a lead file, which says what it owns and what it must not know',
    broken: leaderless,
    wrong: [
      ['worker/jobs/queue.ts', 'export const x = 1;\n'],
      ['worker/jobs/queue.ts', '// One line.\nexport const x = 1;\n'],
    ],
    right: [
      [
        'worker/jobs/queue.ts',
        '// Sends and webhooks.\n// It must not know who asks.\nexport const x = 1;\n',
      ],
    ],
  },
];
