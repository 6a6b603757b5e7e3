import { Hono } from 'hono';
import type { AppEnv } from '../http/app-env.ts';
import { auditEvent } from '../http/audit-event.ts';
import type { Service } from '../http/service.ts';
import { parseLanguage } from '../localization/language.ts';
import { callSpeech, expiredSpeech } from '../messages/call.ts';
import { key } from '../storage-keys.ts';
import { openMessage } from './message.ts';
import { noteDelivery, noteMailReport, readCall } from './queue.steps.ts';

/**
 * Serves what providers tell and ask, below `/webhooks`. Each is verified by its signature before the store is asked;
 * one round trip for each.
 */
export function webhookRoutes(service: Service): Hono<AppEnv> {
  const { config, ports } = service;
  return new Hono<AppEnv>()
    .post('/mail', async (c) => {
      const { now } = c.var.request;
      const read = await ports.mailer.readReport(c.req.raw, now);
      if (read.status === 'unsigned') return unsigned();
      if (read.status === 'ignored') return c.body(null, 204);
      const { to, trouble } = read.report;
      for (const address of to) {
        await ports.redis.run(
          noteMailReport,
          addressKeys(address.trim().toLowerCase()),
          { now, ...(trouble ? { trouble } : {}) },
          trouble ? { event: auditEvent(c.var.request, `mail.${trouble}`) } : {},
        );
      }
      return c.body(null, 204);
    })
    .post('/phone/status/:id', async (c) => {
      const callback = await ports.phone?.readCallback(c.req.raw, config.issuer + c.req.path);
      if (callback?.kind !== 'status') return unsigned();
      if (callback.status === 'sent') return c.body(null, 204);
      const { status, trouble } = callback;
      await ports.redis.run(
        noteDelivery,
        { job: key.job(c.req.param('id')) },
        { now: c.var.request.now, delivery: status, ...(trouble ? { trouble } : {}) },
        status === 'failed' ? { event: auditEvent(c.var.request, 'message.undelivered', { trouble }) } : {},
      );
      return c.body(null, 204);
    })
    .post('/phone/speak/:id', async (c) => {
      const { phone } = ports;
      const callback = await phone?.readCallback(c.req.raw, config.issuer + c.req.path);
      if (!phone || callback?.kind !== 'key') return unsigned();
      const id = c.req.param('id');
      // Nobody pressed a key: an answering machine is told nothing (S28).
      if (callback.digits === '') return phone.speak(expiredSpeech('en'));
      const call = await ports.redis.run(
        readCall,
        { job: key.job(id) },
        { now: c.var.request.now },
        { event: auditEvent(c.var.request, 'message.spoken') },
      );
      if (call.status === 'gone') return phone.speak(expiredSpeech(parseLanguage(call.language) ?? 'en'));
      const content = await openMessage(service, id, call.sealed);
      const language = parseLanguage(call.language) ?? 'en';
      return phone.speak(
        content?.template === 'code' ? callSpeech(content, language) : expiredSpeech(language),
      );
    });
}

function addressKeys(email: string): Readonly<Record<'address' | 'noticeAddress', string>> {
  return { address: key.address(email), noticeAddress: key.noticeAddress(email) };
}

function unsigned(): Response {
  return new Response(null, { status: 403 });
}
