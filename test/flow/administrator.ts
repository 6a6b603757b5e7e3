// The administration as an administrator's browser uses it, one request after another. An operator's calls go the same ways.
import { expect } from 'vitest';
import { key } from '../../worker/storage-keys.ts';
import { Browser, type Answer } from '../support/browser.ts';
import { totpCode } from '../support/totp.ts';
import { operatorToken } from './admin-operator.ts';
import type { FlowWorld } from './flow-world.ts';
import { type Enrolled, Journey } from './person.ts';
import { memberWithApp, type Standing } from './shortcut.ts';
import { subjectOf } from './store.ts';

let organizations = 0;

/** Makes an organisation of the test's own, so that nobody else's members are in its lists. */
export async function newOrganization(world: FlowWorld, name = 'A company'): Promise<string> {
  organizations += 1;
  const id = `company-${organizations}`;
  await world.redis.hSet(key.organization(id), { name, createdAt: String(world.now()) });
  return id;
}

/** The administration of one organisation in one browser. */
export class Administrator {
  readonly world: FlowWorld;
  readonly organization: string;
  readonly person: Enrolled;
  readonly sub: string;

  constructor(world: FlowWorld, organization: string, person: Enrolled, sub: string) {
    this.world = world;
    this.organization = organization;
    this.person = person;
    this.sub = sub;
  }

  get browser(): Browser {
    return this.person.browser;
  }

  /** Loads a page, which brings the token for changes. */
  async open(): Promise<void> {
    expect((await this.browser.open(`${this.world.issuer}/account`)).status).toBe(200);
  }

  get(path: string, organization = this.organization): Promise<Answer> {
    return this.browser.getJson(this.api(path, organization));
  }

  post(path: string, body: unknown = {}, organization = this.organization): Promise<Answer> {
    return this.browser.postJson(this.api(path, organization), body);
  }

  /** Reads JSON that must be there. */
  async read<T>(path: string): Promise<T> {
    return bodyOf(await this.get(path)) as T;
  }

  /** Does something that must succeed. */
  async change<T>(path: string, body: unknown = {}): Promise<T> {
    return bodyOf(await this.post(path, body)) as T;
  }

  /** Signs in once more where the last sign-in is too old for a change. */
  async signInAgain(): Promise<void> {
    const journey = await Journey.begin(this.browser, `${this.world.issuer}/account/verify`);
    await journey.firstFactor(this.person.email, this.person.password);
    const { enrollmentId, uri } = this.person;
    const view = await journey.go('challenge', { enrollmentId, code: totpCode(uri, this.world.now()) });
    expect(view.step).toBe('done');
    await this.world.advance(30);
    await this.open();
  }

  api(path: string, organization = this.organization): string {
    return `${this.world.issuer}/api/organizations/${organization}${path}`;
  }
}

/** Gives an owner or admin with an app who has just signed in. The clock is moved past the code used. */
export async function administrator(
  world: FlowWorld,
  standing: Standing & { readonly organization: string },
): Promise<Administrator> {
  const person = await memberWithApp(world, { role: 'owner', ...standing });
  const sub = await subjectOf(world, person.email);
  const made = new Administrator(world, standing.organization, person, sub);
  await made.open();
  return made;
}

/** Gives the owner of an organisation of the test's own. */
export async function owned(world: FlowWorld, name?: string): Promise<Administrator> {
  return administrator(world, { organization: await newOrganization(world, name), name: 'Olga Owner' });
}

/** Gives somebody with an app, signed in, in the organisation of an administrator. */
export async function joined(
  { world, organization }: Administrator,
  standing: Standing = {},
): Promise<Enrolled & { readonly sub: string }> {
  const person = await memberWithApp(world, { organization, ...standing });
  return { ...person, sub: await subjectOf(world, person.email) };
}

/** Calls the administration as an operator does: by token, without a browser. */
export async function asOperator(
  world: FlowWorld,
  organization: string,
  path: string,
  body?: unknown,
  token?: string,
): Promise<Answer> {
  const authorization = `Bearer ${token ?? (await operatorToken(world))}`;
  return new Browser().send(
    `${world.issuer}/api/admin/organizations${organization && '/'}${organization}${path}`,
    {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    },
  );
}

function bodyOf(answer: Answer): unknown {
  if (answer.status >= 300) throw new Error(`${answer.url}: ${answer.status} ${answer.text}`);
  return answer.json();
}
