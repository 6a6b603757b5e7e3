// Serves the built screens in the real page shells under a strict content security policy, and plays the service's
// API from a script. It must not know what the screens do with an answer.

import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Problem } from '../../worker/interaction/wire.ts';
import type { Language } from '../../worker/localization/language.ts';
import { renderFormPost } from '../../worker/pages/form-post.ts';
import type { ViteManifest } from '../../worker/pages/manifest.ts';
import { renderMessage } from '../../worker/pages/message.ts';
import { renderShell, type ShellEntry } from '../../worker/pages/shell.ts';
import { REPOSITORY_ROOT } from '../world/repository-root.ts';

/** One answer of the API: a status and a JSON body, `drop` for a broken connection, `hold` until it is let go. */
export type Answer =
  | { readonly status: number; readonly body: unknown }
  | { readonly drop: true }
  | { readonly hold: Promise<Answer> };

export interface Call {
  /** For example `POST /api/interactions/one/password`. */
  readonly route: string;
  /** What is asked for behind the path, with its question mark. */
  readonly search: string;
  readonly body: unknown;
  readonly csrfToken: string | undefined;
}

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};
const NONCE = 'bm9uY2UtZm9yLXRlc3Rz';
const POLICY =
  `default-src 'none'; script-src 'self' 'nonce-${NONCE}'; style-src 'self'; img-src 'self' data:; font-src 'self'; ` +
  `connect-src 'self'; form-action 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'`;

export const CSRF_TOKEN = 'token-"<of>-the-page';

/** Says that a call went well. */
export function view(body: object): Answer {
  return { status: 200, body };
}

/** Says why a call was refused, as the service does. */
export function refusal(status: number, code: Problem['code'], more: Partial<Problem> = {}): Answer {
  return { status, body: { type: `urn:penumbra:${code}`, title: code, status, detail: code, code, ...more } };
}

export class ScreensServer {
  readonly calls: Call[] = [];
  /** What the API's answers say the time is. */
  date: Date | undefined;
  /** The language that the pages are asked for in. */
  lang: Language = 'en';
  /** How the pages say that the service is called. */
  serviceName: string | undefined;
  readonly #assets: string;
  readonly #manifest: ViteManifest;
  readonly #server: Server;
  #script = new Map<string, Answer[]>();

  private constructor(assets: string, manifest: ViteManifest) {
    this.#assets = assets;
    this.#manifest = manifest;
    this.#server = createServer((request, response) => void this.#serve(request, response));
  }

  /** Builds the screens into a folder of its own and serves them on a free port of the loopback address. */
  static async start(port = 0): Promise<ScreensServer> {
    const assets = await mkdtemp(join(tmpdir(), 'penumbra-screens-'));
    // As a program of its own, for in a test's process Vite would take Lit's development build.
    const vite = join(REPOSITORY_ROOT, 'node_modules/vite/bin/vite.js');
    await promisify(execFile)(process.execPath, [vite, 'build', '--outDir', assets, '--emptyOutDir'], {
      cwd: REPOSITORY_ROOT,
      env: { ...process.env, NODE_ENV: 'production' },
    });
    const manifest = JSON.parse(await readFile(join(assets, 'manifest.json'), 'utf8')) as ViteManifest;
    const server = new ScreensServer(assets, manifest);
    await new Promise<void>((resolve) => server.#server.listen(port, '127.0.0.1', resolve));
    return server;
  }

  get origin(): string {
    return `http://localhost:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Sets what each route answers, call by call; the last answer of a route is given again and again. */
  play(script: Readonly<Record<string, Answer | Answer[]>>): void {
    this.calls.length = 0;
    this.date = undefined;
    this.lang = 'en';
    this.serviceName = undefined;
    this.#script = new Map(
      Object.entries(script).map(([route, answers]) => [
        route,
        Array.isArray(answers) ? [...answers] : [answers],
      ]),
    );
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
    await rm(this.#assets, { recursive: true });
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // A browser sends a call again by itself when a connection that it had used before breaks.
    response.shouldKeepAlive = false;
    const { pathname, search } = new URL(request.url ?? '/', this.origin);
    if (pathname.startsWith('/api/')) await this.#api({ pathname, search }, request, response);
    else if (pathname.startsWith('/assets/')) await this.#asset(pathname.slice('/assets/'.length), response);
    else this.#page(pathname, response);
  }

  async #api(
    { pathname, search }: Pick<URL, 'pathname' | 'search'>,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const route = `${request.method ?? ''} ${pathname}`;
    const csrfToken = request.headers['x-csrf-token'];
    let text = '';
    for await (const chunk of request) text += String(chunk);
    this.calls.push({
      route,
      search,
      body: text === '' ? undefined : (JSON.parse(text) as unknown),
      csrfToken: typeof csrfToken === 'string' ? csrfToken : undefined,
    });
    const answers = this.#script.get(route) ?? [];
    let answer = answers.length > 1 ? answers.shift() : answers[0];
    while (answer && 'hold' in answer) answer = await answer.hold;
    // Without it the page goes by its own clock, which a test may have set.
    response.sendDate = this.date !== undefined;
    if (this.date !== undefined) response.setHeader('date', this.date.toUTCString());
    if (answer && 'drop' in answer) {
      response.destroy();
      return;
    }
    const { status, body } = answer ?? { status: 404, body: `no answer is scripted for ${route}` };
    const type = status < 400 ? 'application/json' : 'application/problem+json';
    response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' });
    response.end(JSON.stringify(body));
  }

  async #asset(name: string, response: ServerResponse): Promise<void> {
    const known = Object.values(this.#manifest).some((chunk) => chunk.file === name);
    if (!known) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'content-type': TYPES[extname(name)] ?? 'application/octet-stream' });
    response.end(await readFile(join(this.#assets, name)));
  }

  #page(pathname: string, response: ServerResponse): void {
    // With nothing in the answer the browser stays where it is.
    if (pathname === '/stay') {
      response.writeHead(204).end();
      return;
    }
    const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': POLICY };
    response.writeHead(200, headers).end(this.#html(pathname));
  }

  #html(pathname: string): string {
    const [, page, id] = pathname.split('/');
    if (page === 'interaction') return this.#shell('interaction', 'Sign in', { 'interaction-id': id ?? '' });
    if (page === 'account') return this.#shell('account', 'Profile');
    if (page === 'admin') return this.#shell('admin', 'Administration');
    if (page === 'setup') return this.#shell('setup', 'Set up');
    if (page === 'reset') return this.#shell('reset', 'Reset');
    if (page === 'not-me') return this.#shell('not-me', 'Not me');
    if (page === 'stop') return this.#shell('stop', 'Stop');
    if (page === 'form-post') return this.#formPost();
    return this.#message(page ?? '');
  }

  #shell(entry: ShellEntry, title: string, attributes: Readonly<Record<string, string>> = {}): string {
    const assets = this.#manifest;
    return renderShell({
      title,
      lang: this.lang,
      entry,
      assets,
      nonce: NONCE,
      csrfToken: CSRF_TOKEN,
      serviceName: this.serviceName ?? 'Penumbra',
      attributes,
    });
  }

  #formPost(): string {
    return renderFormPost({
      action: '/arrived',
      fields: { state: `"><script>'&`, code: 'abc' },
      nonce: NONCE,
      lang: 'en',
    });
  }

  #message(page: string): string {
    return renderMessage({
      serviceName: 'Penumbra',
      title: page === 'sign-out' ? 'Sign out?' : 'You have arrived',
      lang: 'en',
      assets: this.#manifest,
      text: `The path was <${page}>.`,
      actions: [
        { kind: 'post', label: 'Sign out', action: '/signed-out', fields: { csrf: CSRF_TOKEN } },
        { kind: 'link', label: 'Back to the site', href: '/site?a=1&b="2"' },
      ],
    });
  }
}
