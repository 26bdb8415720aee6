import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadDecoder } from '../../../core/ocpp/load-decoder.ts';
import { draftCdr } from '../../../lambdas/cdr/draft-cdr.ts';
import { makeCdr } from '../../../lambdas/cdr/make-cdr.ts';
import type { StoredSession } from '../../../lambdas/store/sessions/session-item.ts';
import { readSession } from '../../../lambdas/store/sessions/sessions.ts';
import { readTariff, writeTariffVersion } from '../../../lambdas/store/tariffs/tariffs.ts';
import { countRequests } from '../count-requests.ts';
import { at, cdrHelpers, meterValues } from '../plant.ts';
import { openSite, start, stop, type TestSite } from '../test-site.ts';

let site: TestSite;
/** A tariff that was made before its sessions began, as in real life. */
const tariffId = 'tar_old';

beforeAll(async () => {
  site = await openSite({
    tokens: [{ tokenId: 'TAG1' }],
    tariff: { name: 'AC', currency: 'EUR', perKwh: 0.5 },
    charger: { maxPowerKw: 22 },
  });
  const { operatorId } = site.operator;
  const made = await readTariff(site.database, operatorId, site.tariffId);
  if (made === undefined) throw new Error('no tariff');
  const old = { createdAt: at(-60), tariff: { ...made.tariff, tariffId } };
  await writeTariffVersion(site.database, operatorId, old);
});

afterAll(async () => {
  await site.close();
});

/** Charges from one minute to another with so many readings; gives the session, which has ended. */
async function charge(from: number, to: number, readings: number): Promise<StoredSession> {
  const begin = start({ timestamp: at(from), meterStart: 1_000 + 100 * from });
  const { transactionId } = await (await site.heardAt(from)).call('StartTransaction', begin);
  const charger = await site.heardAt(to);
  for (let n = 1; n < readings; n += 1) {
    const minute = from + ((to - from) * n) / readings;
    const values = meterValues(at(minute), Math.round(1_000 + 100 * minute), Number(transactionId));
    await charger.call('MeterValues', values);
  }
  const end = stop(transactionId, { timestamp: at(to), meterStop: 1_000 + 100 * to });
  await charger.call('StopTransaction', end);
  const [{ sessionId } = {}] = await site.sessions();
  const stored = await readSession(site.database, String(sessionId), true);
  if (stored === undefined) throw new Error('no session');
  return stored;
}

describe('what is asked of the database for a CDR', () => {
  it('a CDR takes six requests, whether its session has a few readings or hundreds, once one under its tariff was made', async () => {
    await site.register({ tariffId });
    const [first, short, long] = [
      // The register goes on where the session before ended.
      await charge(0, 30, 3),
      await charge(30, 60, 4),
      await charge(60, 180, 400),
    ];
    expect(await makeCdr(site.database, cdrHelpers, first.session.sessionId)).toBe('sealed');
    for (const { session } of [short, long]) {
      const { sessionId, previousSessionId } = session;
      const requests = await countRequests(site.database, async () => {
        const made = await makeCdr(site.database, cdrHelpers, sessionId, previousSessionId);
        expect(made).toBe('sealed');
      });
      expect(requests).toEqual({
        // Session, running view and the session before it; its readings, those of its connector; the end of the chain.
        reads: ['BatchGetItem', 'Query', 'Query', 'Query'],
        writes: ['PutItem', 'TransactWriteItems'],
      });
    }
  });

  it('a CDR is the same whether the session before it was read along with its own, was not, or was another one', async () => {
    await site.register({ tariffId });
    const [other, previous, next] = [
      await charge(0, 30, 3),
      await charge(30, 60, 4),
      // Between the two 3 kWh were charged that nobody knows of.
      await charge(90, 120, 4),
    ];
    const decode = await loadDecoder([next.session.protocol]);
    const contents = await Promise.all(
      [undefined, previous, other].map(async (known) => {
        const helpers = { decode, countWaiting: async () => 0, previous: known };
        return (await draftCdr(site.database, next, helpers)).content;
      }),
    );
    const codes = contents[0]?.anomalies.map(({ code }) => code);
    expect(codes).toContain('REG_CONTINUITY_GAP');
    expect(contents[1]).toEqual(contents[0]);
    expect(contents[2]).toEqual(contents[0]);
  });
});
