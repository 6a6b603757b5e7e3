import { randomBytes, randomUUID, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

/** What an account at the login service is to this site: its issuer and subject, as ASP.NET stores a login. */
export interface ExternalKey {
  readonly issuer: string;
  readonly subject: string;
}

export interface UserGroup {
  readonly id: string;
  readonly alias: string;
  readonly name: string;
  readonly icon: string;
  readonly sections: readonly string[];
}

export interface User {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly group: UserGroup;
  readonly createDate: string;
  lastLoginDate: string | null;
}

interface StoredUser extends User {
  readonly password: { readonly salt: Buffer; readonly hash: Buffer } | null;
  readonly logins: ExternalKey[];
}

/** Umbraco's own groups, with the identifiers that every installation has. */
export const administrators: UserGroup = {
  id: 'e5e7f6c8-7f9c-4b5b-8d5d-9e1e5a4f7e4d',
  alias: 'admin',
  name: 'Administrators',
  icon: 'icon-medal',
  sections: ['Umb.Section.Content', 'Umb.Section.Users'],
};
export const editors: UserGroup = {
  id: '44dc260e-b4d4-4dd9-9081-eec5598f1641',
  alias: 'editor',
  name: 'Editors',
  icon: 'icon-tools',
  sections: ['Umb.Section.Content'],
};

const derive = promisify<string, Buffer, number, Buffer>(scrypt);

/** Keeps the site's users in memory, found by id, by address (without regard to case) or by external login. */
export class UserStore {
  readonly #users = new Map<string, StoredUser>();

  async addLocal(email: string, name: string, password: string): Promise<User> {
    const salt = randomBytes(16);
    const hash = await derive(password, salt, 32);
    return this.#add(email, name, administrators, { salt, hash });
  }

  /** Creates a user without a password, in the default group, as `autoLinkExternalAccount` does. */
  addLinked(email: string, name: string, key: ExternalKey): User {
    const user = this.#add(email, name, editors, null);
    user.logins.push(key);
    return user;
  }

  find(id: string): User | undefined {
    return this.#users.get(id);
  }

  findByEmail(email: string): User | undefined {
    return this.#byEmail(email);
  }

  findByLogin(key: ExternalKey): User | undefined {
    return this.all().find((user) =>
      this.#users
        .get(user.id)
        ?.logins.some(({ issuer, subject }) => issuer === key.issuer && subject === key.subject),
    );
  }

  link(user: User, key: ExternalKey): void {
    this.#users.get(user.id)?.logins.push(key);
  }

  all(): User[] {
    return [...this.#users.values()];
  }

  async verifyPassword(email: string, password: string): Promise<User | undefined> {
    const user = this.#byEmail(email);
    if (!user?.password) return undefined;
    const hash = await derive(password, user.password.salt, user.password.hash.length);
    return timingSafeEqual(hash, user.password.hash) ? user : undefined;
  }

  #byEmail(email: string): StoredUser | undefined {
    const wanted = email.trim().toLowerCase();
    return [...this.#users.values()].find((user) => user.email.toLowerCase() === wanted);
  }

  #add(email: string, name: string, group: UserGroup, password: StoredUser['password']): StoredUser {
    if (this.#byEmail(email)) throw new Error(`The site already has a user with the address ${email}.`);
    const createDate = new Date().toISOString();
    const user = {
      id: randomUUID(),
      email,
      name,
      group,
      password,
      logins: [],
      createDate,
      lastLoginDate: null,
    };
    this.#users.set(user.id, user);
    return user;
  }
}
