import { Hono } from 'hono';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../worker/adapters/web-crypto/random.ts';
import { parseAddress } from '../../../worker/http/address.ts';
import {
  requestContext,
  type Origin,
  type RequestContext,
  type RequestContextVariables,
} from '../../../worker/http/request-context.ts';

function appFor(origin: Origin): Hono<{ Variables: RequestContextVariables }> {
  const app = new Hono<{ Variables: RequestContextVariables }>();
  app.use(
    requestContext({ clock: { now: () => 1_900_000_000 }, random: createRandom(), originOf: () => origin }),
  );
  app.get('/', (c) => c.json(c.var.request));
  return app;
}

async function contextOf(origin: Origin, headers: Record<string, string> = {}): Promise<RequestContext> {
  const response = await appFor(origin).request('/', { headers });
  return (await response.json()) as RequestContext;
}

describe('S68 the address', () => {
  test('comes from the platform; forged headers are ignored', async () => {
    const forged = {
      'x-forwarded-for': '198.51.100.1',
      forwarded: 'for=198.51.100.1',
      'x-real-ip': '198.51.100.1',
      'true-client-ip': '198.51.100.1',
      'x-request-id': 'mine',
    };
    const context = await contextOf({ address: '203.0.113.9', country: 'DK' }, forged);
    expect(context).toMatchObject({
      now: 1_900_000_000,
      address: '203.0.113.9',
      addressGroup: '203.0.113.9',
      country: 'DK',
    });
    expect(JSON.stringify(context)).not.toContain('198.51.100.1');
    expect(context.requestId).toMatch(/^[0-9a-f]{32}$/);
  });

  test('is unknown where the platform gives none or nonsense, and all of those count as one', async () => {
    for (const address of [
      undefined,
      '',
      'evil',
      '1.2.3',
      '1.2.3.4, 5.6.7.8',
      '256.1.1.1',
      '::1::',
      '1:2:3',
    ]) {
      expect(parseAddress(address)).toEqual({ address: 'unknown', addressGroup: 'unknown' });
    }
    expect(await contextOf({ country: 'x"y' })).not.toHaveProperty('country');
  });
});

describe('the language', () => {
  test.each([
    ['da-DK,da;q=0.9,en;q=0.8', 'da'],
    ['de, da;q=0.5', 'da'],
    ['en;q=0.4, da;q=0.6', 'da'],
    ['da;q=0, en', 'en'],
    ['fr', 'en'],
    ['', 'en'],
  ])('of %j is %s', async (wish, language) => {
    expect((await contextOf({}, { 'accept-language': wish })).language).toBe(language);
  });
});

describe('S76 bug 11 groups', () => {
  test.each([
    ['203.0.113.9', '203.0.113.9'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['::FFFF:cb00:7109', '203.0.113.9'],
    ['0:0:0:0:0:ffff:203.0.113.9', '203.0.113.9'],
    ['[::ffff:203.0.113.9]', '203.0.113.9'],
    ['2001:db8:1:2::1', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002:ffff:ffff:ffff:ffff', '2001:db8:1:2::/64'],
    ['2001:db8:1:2:3:4:5:6%eth0', '2001:db8:1:2::/64'],
    ['2001:db8::', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1:2.3.4.5', 'fe80:0:0:0::/64'],
  ])('%s counts as %s', (address, group) => {
    expect(parseAddress(address).addressGroup).toBe(group);
  });

  test('two spellings are one address', () => {
    expect(parseAddress('2001:db8::1').address).toBe(parseAddress('2001:0DB8:0:0:0:0:0:1').address);
  });
});

test('S70 the user agent is cut and can not control a log', async () => {
  const context = await contextOf({}, { 'user-agent': `a\tb\u0085c${'x'.repeat(500)}` });
  expect(context.userAgent).toBe(`abc${'x'.repeat(197)}`);
  expect((await contextOf({})).userAgent).toBe('');
});
