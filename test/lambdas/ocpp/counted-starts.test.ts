import '../quiet.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { receive } from '../../../core/ocpp/receive.ts';
import { v201 } from '../../../core/ocpp/v201/v201.ts';
import { answerCall } from '../../../lambdas/ocpp/answer-call.ts';
import { at } from '../plant.ts';
import { openSite, type TestSite } from '../test-site.ts';
import { ended, started, tag, updated } from './v201-events.ts';

let site: TestSite;

beforeAll(async () => {
  site = await openSite({
    tokens: [{ tokenId: 'TAG1' }, { tokenId: 'OLD1', status: 'Blocked' }],
    tariff: { name: 'AC', currency: 'EUR', perKwh: '0.50' },
  });
});

afterAll(async () => {
  await site.close();
});

const card = (idToken: string) => ({ idToken, type: 'ISO14443' });
const button = { idToken: '', type: 'NoAuthorization' };

/** The starts that are counted of the messages of a session, which a charger sends in an order. */
async function counted(messages: readonly object[]) {
  await site.register();
  const { step } = await site.plugIn(Date.parse(at(120)), 'ocpp2.0.1');
  const effects = [];
  const reasons = [];
  for (const payload of messages) {
    const call = receive(v201, JSON.stringify([2, 'm1', 'TransactionEvent', payload]));
    if (call.kind !== 'call') throw new Error(call.kind);
    const answered = await answerCall(step, call);
    effects.push(...(answered.effects ?? []));
    reasons.push(...(answered.refusedAs === undefined ? [] : [answered.refusedAs]));
  }
  return { starts: effects.filter((one) => one.startsWith('Starts')), reasons };
}

const begins = (idToken?: object) => started({ idToken, triggerReason: 'CablePluggedIn' });
const shows = (idToken: object) => updated(1, 5, { idToken, triggerReason: 'Authorized' });
const ends = (idToken?: object) => ended(2, { idToken });

const accepted = { starts: ['StartsAccepted'], reasons: [] };
const refused = { starts: ['StartsRefused'], reasons: ['Blocked'] };

describe('the starts that the alarm of refused starts counts', () => {
  it.each([
    ['is shown at the start', [begins(tag()), updated(1, 5), ends()], accepted],
    ['is shown at the start and at the end', [begins(tag()), updated(1, 5), ends(tag())], accepted],
    ['is shown after the plug', [begins(), shows(tag()), ends()], accepted],
    ['is shown after the plug and at the end', [begins(), shows(tag()), ends(tag())], accepted],
    [
      'is shown after the plug, and the button at the end',
      [begins(), shows(tag()), ends(button)],
      accepted,
    ],
    ['is blocked', [begins(card('OLD1')), updated(1, 5), ends()], refused],
    ['is blocked and shown after the plug', [begins(), shows(card('OLD1')), ends()], refused],
    [
      'is shown, and a blocked one while it runs',
      [begins(tag()), shows(card('OLD1')), ends()],
      accepted,
    ],
    ['is shown by nobody', [begins(), updated(1, 5), ends(button)], { starts: [], reasons: [] }],
  ] as const)(
    'a session whose token %s is counted once, in any order of its messages, also repeated',
    async (_what, messages, counts) => {
      await fc.assert(
        fc.asyncProperty(
          fc.shuffledSubarray([...messages], { minLength: messages.length }),
          async (order) => {
            expect(await counted([...order, ...order])).toEqual(counts);
          },
        ),
        { numRuns: 4 },
      );
    },
  );
});
