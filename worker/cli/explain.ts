// Policy in words: what a layer demands, and why somebody is asked, layer by layer.
import type { Explanation, Policy } from './shapes.ts';
import { moment, printable, span } from './text.ts';

const SOURCES: Readonly<Record<string, string>> = {
  service: "The service's configuration",
  organization: 'Organisation',
  site: 'Site',
  member: 'This member',
};

const NEXT: Readonly<Record<string, string>> = {
  password_only: 'the password is enough.',
  challenge: 'a second factor is asked for.',
  enroll: 'a factor has to be set up before the sign-in ends.',
  may_put_off: 'they are led to set up a factor, and may put it off.',
  denied: 'refused: no factor that they could use or set up is accepted.',
};

/** Says what a policy demands, one phrase for each thing; none where it demands nothing. */
export function policyWords(policy: Policy): string[] {
  const { required, accepted, least, must, grace, sessions, countries, resetDelaySeconds } = policy;
  return [
    ...(required === undefined
      ? []
      : [required ? 'a second factor is required' : 'no second factor is required']),
    ...(least === undefined ? [] : [`at least ${least}`]),
    ...(accepted === undefined ? [] : [`only ${accepted.join(', ')}`]),
    ...(must === undefined || must.length === 0 ? [] : [`has to have ${must.join(', ')}`]),
    ...(grace === undefined
      ? []
      : [`may be put off until ${moment(grace.until)}, ${times(grace.snoozes)} at most`]),
    ...Object.entries(sessions ?? {}).map(
      ([level, lifetime]) => `sessions of ${level}: ${lifetimeWords(lifetime)}`,
    ),
    ...(countries === undefined ? [] : [`phones of ${countries.join(', ') || 'no country'}`]),
    ...(resetDelaySeconds === undefined ? [] : [`resets wait ${span(resetDelaySeconds)}`]),
  ];
}

/** Says why somebody is asked: the outcome first, then each layer that had a part in it. */
export function explanationLines(explanation: Explanation, now: Date): string[] {
  const { next, coming, layers, sessions } = explanation;
  const lines = [
    `At the next sign-in ${NEXT[next] ?? next}`,
    `Demanded now: ${demandWords(explanation.required, explanation).join('; ')}.`,
    ...(coming === undefined
      ? []
      : [
          `From ${moment(coming.until)} on: ${demandWords(true, coming).join('; ')}.`,
          `  Until then it may be put off: ${coming.snoozesLeft} of ${times(coming.snoozes)} are left.`,
        ]),
    '',
    'Why:',
    ...(layers.length === 0
      ? ['  Nothing is demanded of them.']
      : layers.flatMap((layer) => layerLines(layer, now))),
    ...sessionLines(sessions),
  ];
  return lines.map(printable);
}

function layerLines({ source, of, policy, exempt }: Explanation['layers'][number], now: Date): string[] {
  const name = SOURCES[source] ?? source;
  const placed = of === undefined ? name : source === 'member' ? `${name} in ${of}` : `${name} ${of}`;
  // The service always says how long sessions live; what counts of that is told once, below.
  const told = source === 'service' ? { ...policy, sessions: undefined } : policy;
  const words = policyWords(told).join('; ') || 'demands nothing';
  const isOver = exempt !== undefined && exempt.until * 1000 <= now.getTime();
  return [
    `  ${placed}: ${words}.`,
    ...(exempt === undefined
      ? []
      : [
          `    ${isOver ? 'Was exempt' : 'Exempt from it'} until ${moment(exempt.until)}: ${exempt.reason} (by ${exempt.by})`,
        ]),
  ];
}

function demandWords(
  required: boolean,
  { least, accepted, must }: Pick<Explanation, 'least' | 'accepted' | 'must'>,
): string[] {
  if (!required) return ['no second factor, unless they have one'];
  return policyWords({ required, least, accepted, must });
}

function sessionLines(sessions: Explanation['sessions']): string[] {
  const levels = Object.entries(sessions ?? {});
  if (levels.length === 0) return [];
  return ['', 'Sessions:', ...levels.map(([level, lifetime]) => `  ${level}: ${lifetimeWords(lifetime)}`)];
}

function lifetimeWords({
  overall,
  idle,
}: {
  overall?: number | undefined;
  idle?: number | undefined;
}): string {
  return [
    ...(overall === undefined ? [] : [`${span(overall)} in all`]),
    ...(idle === undefined ? [] : [`${span(idle)} unused`]),
  ].join(', ');
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}
