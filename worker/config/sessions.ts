// Reads how long sessions live.
import * as v from 'valibot';
import {
  LONGEST_SESSIONS,
  type SessionLifetime,
  type SessionLifetimes,
} from '../assurance/session-lifetime.ts';
import type { AssuranceLevel } from '../assurance/assurance-level.ts';
import type { Mistakes } from './mistakes.ts';
import { readJson, type Variables } from './variables.ts';

const SHORTEST_SECONDS = 60;

const lifetime = v.optional(
  v.strictObject({ overall: v.optional(v.number()), idle: v.optional(v.number()) }),
  {},
);
const schema = v.strictObject({ '1fa': lifetime, '2fa': lifetime, aal2: lifetime, phr: lifetime });

/** Reads lifetimes in seconds by level; what is left out stays as long as it may be, and nothing gets longer (S49). */
export function readSessions(variables: Variables, name: string, mistakes: Mistakes): SessionLifetimes {
  const given = readJson(variables, name, schema, mistakes);
  const read = (level: AssuranceLevel): SessionLifetime => {
    const longest = LONGEST_SESSIONS[level];
    const pick = (part: keyof SessionLifetime): number => {
      const seconds = given?.[level][part] ?? longest[part];
      if (!Number.isInteger(seconds) || seconds < SHORTEST_SECONDS || seconds > longest[part]) {
        mistakes.add(
          `${name}.${level}.${part}`,
          `must be whole seconds from ${SHORTEST_SECONDS} to ${longest[part]}: a session can only be made shorter`,
        );
      }
      return seconds;
    };
    return { overall: pick('overall'), idle: pick('idle') };
  };
  return { '1fa': read('1fa'), '2fa': read('2fa'), aal2: read('aal2'), phr: read('phr') };
}
