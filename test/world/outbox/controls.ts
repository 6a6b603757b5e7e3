// What the page and tests in another process can make the providers do, over HTTP.
import type { Callbacks } from './callbacks.ts';
import type { Channel } from './message-store.ts';
import type { Outage } from './outages.ts';

/** What can be made to happen. */
export interface Controls extends Callbacks {
  fail(channel: Channel, on: boolean): void;
  hang(channel: Channel, on: boolean): void;
  rate(channel: Channel, on: boolean): void;
  limitRate(limits: boolean): void;
  swap(number: string, swapped: boolean): void;
  refuseNumber(number: string, code: number | undefined): void;
}

const CHANNELS: readonly Channel[] = ['email', 'sms', 'call'];
const OUTAGES: readonly Outage[] = ['fail', 'hang', 'rate'];

/**
 * Does what `POST /controls/<name>` asks; gives the answer's body, `undefined` for an unknown name.
 *
 * answer {id, digits?} · report {id, status, errorCode?} · bounce {to} · complain {to} · outage {channel, outage, on} ·
 * limit-rate {on} · swap {to, on} · refuse {to, errorCode?}
 * @throws with a reason when it can't be done.
 */
export async function control(controls: Controls, name: string, body: string): Promise<object | undefined> {
  const fields = JSON.parse(body) as Readonly<Record<string, unknown>>;
  const text = (field: string): string => {
    const value = fields[field];
    if (typeof value !== 'string') throw new Error(`${field} must be text.`);
    return value;
  };
  const errorCode = typeof fields['errorCode'] === 'number' ? fields['errorCode'] : undefined;
  const on = fields['on'] === true;
  switch (name) {
    case 'answer': {
      const digits = fields['digits'] === undefined ? undefined : text('digits');
      return { spoken: await controls.answerCall(text('id'), digits) };
    }
    case 'report':
      return { status: await controls.report(text('id'), text('status'), errorCode) };
    case 'bounce':
      return { status: await controls.bounce(text('to')) };
    case 'complain':
      return { status: await controls.complain(text('to')) };
    case 'outage': {
      const channel = CHANNELS.find((one) => one === fields['channel']);
      const outage = OUTAGES.find((one) => one === fields['outage']);
      if (!channel || !outage) throw new Error('channel: email, sms or call; outage: fail, hang or rate.');
      controls[outage](channel, on);
      return {};
    }
    case 'limit-rate':
      controls.limitRate(on);
      return {};
    case 'swap':
      controls.swap(text('to'), on);
      return {};
    case 'refuse':
      controls.refuseNumber(text('to'), errorCode);
      return {};
    default:
      return undefined;
  }
}
