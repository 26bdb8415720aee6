import '../quiet.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { takeOver } from '../../../lambdas/store/chargers/connections.ts';
import { keepOffline } from '../../../lambdas/store/monitoring/offline-spans.ts';
import { type Body, codesOf, meterValues } from '../plant.ts';
import { expectValid, openSite, type TestSite } from '../test-site.ts';

let site: TestSite;

const night = { startTime: '22:00', endTime: '06:00' };

beforeAll(async () => {
  site = await openSite({
    tokens: [{ tokenId: 'TAG1' }],
    tariff: {
      name: 'Day and night',
      currency: 'EUR',
      elements: [
        { priceComponents: [{ type: 'ENERGY', price: '0.20', stepSize: 0 }], restrictions: night },
        { priceComponents: [{ type: 'ENERGY', price: '0.60', stepSize: 0 }] },
      ],
    },
    charger: { maxPowerKw: 22 },
  });
});

afterAll(async () => {
  await site.close();
});

beforeEach(async () => {
  await site.register();
});

const noon = Date.UTC(2026, 2, 10, 12);
const t = (minute: number): string => new Date(noon + minute * 60_000).toISOString();

/** By how many minutes the charger's clock is behind what we hear, at the start and at the stop and the readings. */
type Behind = { readonly start: number; readonly rest: number };

/** An hour and 7 kWh at noon, with readings between, heard as it happens or all of it at once; its CDR. */
async function charged(behind: Behind, readings: number, heardAt?: number): Promise<Body> {
  const heard = (minute: number) => site.plugIn(noon + (heardAt ?? minute) * 60_000);
  const begun = { connectorId: 1, idTag: 'TAG1', meterStart: 100_000 };
  const { transactionId } = await (await heard(0)).call('StartTransaction', {
    ...begun,
    timestamp: t(-behind.start),
  });
  for (let n = 1; n <= readings; n += 1) {
    const minute = Math.floor((60 * n) / (readings + 1));
    const wh = 100_000 + Math.floor((7000 * minute) / 60);
    const values = meterValues(t(minute - behind.rest), wh, Number(transactionId));
    await (await heard(minute)).call('MeterValues', values);
  }
  const end = { transactionId, meterStop: 107_000, timestamp: t(60 - behind.rest) };
  await (await heard(60)).call('StopTransaction', end);
  await site.settle();
  const [session] = await site.sessions();
  return await site.cdrOf(session);
}

const connectedSince = async (minute: number): Promise<void> => {
  await takeOver(site.database, site.chargerKey, {
    connectionId: 'c1',
    protocol: 'ocpp1.6',
    connectedAt: t(minute),
  });
};

const priceOf = ({ total }: Body): unknown => (total as Body | null)?.['inclVat'];

describe('a clock that is behind while its charger is connected', () => {
  it('a session whose messages are all late by the same is billed at the hour at which it was heard, however often it is read', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 32, max: 10 * 24 * 60 }),
        fc.nat({ max: 5 }),
        async (late, readings) => {
          await site.register();
          await connectedSince(-late - 60);
          const cdr = await charged({ start: late, rest: late }, readings);

          expect(cdr).toMatchObject({ state: 'sealed', energyKwh: 7 });
          expect(priceOf(cdr)).toBe('4.20');
          // A clock of another zone may be off by up to a minute more.
          expect(Math.abs(Date.parse(String(cdr['startedAt'])) - noon)).toBeLessThanOrEqual(60_000);
          await expectValid(site, cdr);
        },
      ),
      { numRuns: 10 },
    );
  });

  it('a session is dated by its charger where that was away from the first of its messages to the last', async () => {
    await keepOffline(site.database, site.chargerKey, { from: t(-600), to: t(119) });
    const cdr = await charged({ start: 487, rest: 487 }, 3, 120);

    expect(cdr).toMatchObject({ state: 'sealed', startedAt: t(-487), endedAt: t(-427) });
    expect(codesOf(cdr)).toEqual([]);
  });

  it('a session is dated by its charger where nothing is known of its connections', async () => {
    const cdr = await charged({ start: 487, rest: 487 }, 0);

    expect(cdr).toMatchObject({ state: 'sealed', startedAt: t(-487), endedAt: t(-427) });
  });
});

describe('a start that is behind, and all that follows it is not', () => {
  it('a start that is more than half an hour behind is held where the charger was connected in between, and its time is not billed', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 32, max: 300 }),
        fc.nat({ max: 5 }),
        async (late, readings) => {
          await site.register();
          await connectedSince(-late - 60);
          const cdr = await charged({ start: late, rest: 0 }, readings);

          expect(cdr).toMatchObject({ state: 'held', startedAt: t(0), endedAt: t(60) });
          expect(codesOf(cdr)).toEqual(['CLOCK_JUMPED']);
        },
      ),
      { numRuns: 10 },
    );
  });

  it('a start that waited for a connection is dated by its charger', async () => {
    await keepOffline(site.database, site.chargerKey, { from: t(-120), to: t(-1) });
    const cdr = await charged({ start: 50, rest: 0 }, 3);

    expect(cdr).toMatchObject({ state: 'sealed', startedAt: t(-50), endedAt: t(60) });
    expect(codesOf(cdr)).toEqual([]);
  });
});
