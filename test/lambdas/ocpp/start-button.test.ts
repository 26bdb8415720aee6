import '../quiet.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, codesOf } from '../plant.ts';
import { openSite, type TestSite } from '../test-site.ts';
import { ended, started, tag, updated } from './v201-events.ts';

let site: TestSite;

beforeAll(async () => {
  site = await openSite({
    tokens: [{ tokenId: 'TAG1', accountId: 'acc-1' }],
    tariff: { name: 'AC', currency: 'EUR', perKwh: '0.50' },
    charger: { maxPowerKw: 22 },
  });
});

afterAll(async () => {
  await site.close();
});

const button = { idToken: '', type: 'NoAuthorization' };
const accepted = { idTokenInfo: { status: 'Accepted' } };

const begins = (idToken?: object) => started({ idToken, triggerReason: 'CablePluggedIn' });
const driver = updated(1, 5, { idToken: tag(), triggerReason: 'Authorized' });
const byButton = updated(1, 5, { idToken: button, triggerReason: 'Authorized' });
const ends = (idToken?: object) => ended(2, { idToken });

type Message = ReturnType<typeof begins>;

/** Says messages in an order; gives who pays, whether that is billed, and the answers by the numbers of the messages. */
async function charge(order: readonly Message[]) {
  await site.register();
  const charger = await site.plugIn(Date.parse(at(120)), 'ocpp2.0.1');
  const answers: Record<string, unknown> = {};
  for (const one of order) {
    answers[String(one['seqNo'])] = await charger.call('TransactionEvent', one);
  }
  await site.settle();
  const [session] = await site.sessions();
  const { state } = await site.cdrOf(session);
  const { tokenId, accountId } = session ?? {};
  return { answers, bill: { tokenId, accountId, state, codes: session && codesOf(session) } };
}

const ofNobody = {
  accountId: null,
  state: 'held',
  codes: ['UNAUTHORIZED_ENERGY', 'TOKEN_NOT_ACCEPTED'],
};
const ofDriver = { tokenId: 'TAG1', accountId: 'acc-1', state: 'sealed', codes: [] };
const ofButton = { accountId: null, tokenId: 'NoAuthorization', state: 'sealed', codes: [] };

describe('the button of a charger that asks for no token', () => {
  it.each([
    [
      'ends a session for which nobody presented a token',
      [begins(), updated(1, 5), ends(button)],
      ofNobody,
    ],
    ['ends the session of a driver who came later', [begins(), driver, ends(button)], ofDriver],
    ['begins the session', [begins(button), updated(1, 5), ends(button)], ofButton],
    ['is pressed after the plug', [begins(), byButton, ends()], ofButton],
    [
      'is pressed after the plug, and a driver ends it',
      [begins(), byButton, ends(tag())],
      ofButton,
    ],
  ] as const)(
    'a button that %s: in any order of the messages the same driver pays',
    async (_what, messages, bill) => {
      await fc.assert(
        fc.asyncProperty(
          fc.shuffledSubarray([...messages], { minLength: messages.length }),
          async (order) => {
            expect((await charge(order)).bill).toMatchObject(bill);
          },
        ),
        { numRuns: 4 },
      );
    },
  );

  it('the button is accepted wherever it is presented, as the standard says', async () => {
    const { answers } = await charge([begins(), byButton, ends(button)]);
    expect(answers).toMatchObject({ 1: accepted, 2: accepted });
    expect((await charge([begins(), updated(1, 5), ends(button)])).answers).toMatchObject({
      2: accepted,
    });
    expect((await charge([begins(tag()), updated(1, 5), ends(button)])).answers).toMatchObject({
      2: accepted,
    });
  });
});
