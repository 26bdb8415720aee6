import '../quiet.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { takeOver } from '../../../lambdas/store/chargers/connections.ts';
import { keepOffline } from '../../../lambdas/store/monitoring/offline-spans.ts';
import { type Body, codesOf } from '../plant.ts';
import { expectValid, openSite, type TestSite } from '../test-site.ts';
import { resolve } from './held-plant.ts';

let site: TestSite;

beforeAll(async () => {
  site = await openSite({
    tokens: [{ tokenId: 'TAG1' }],
    tariff: { name: 'AC', currency: 'EUR', perKwh: '0.50' },
  });
});

afterAll(async () => {
  await site.close();
});

beforeEach(async () => {
  await site.register({ maxPowerKw: 22 });
});

const start = Date.UTC(2026, 2, 10, 9);
const t = (minute: number): string => new Date(start + minute * 60_000).toISOString();

/** A register in Wh at a minute. */
type Sample = readonly [minute: number, wh: number];

type Charged = {
  readonly meterStart: number;
  readonly meterStop: number;
  readonly samples?: readonly Sample[];
  /** Times of the charger's clock at the start and at the stop, if they are wrong. */
  readonly startedAt?: string;
  readonly endedAt?: string;
  /** Minutes of the start and of the stop by our clock. */
  readonly from?: number;
  readonly minutes?: number;
};

/** An hour of charging from 2026-03-10T09:00Z on, heard as it happens; the session and its CDR. */
async function charged(one: Charged): Promise<{ cdr: Body; session: Body | undefined }> {
  const { meterStart, meterStop, samples = [], from = 0, minutes = 60 } = one;
  const heard = (minute: number) => site.plugIn(start + minute * 60_000);
  const { transactionId } = await (await heard(from)).call('StartTransaction', {
    connectorId: 1,
    idTag: 'TAG1',
    meterStart,
    timestamp: one.startedAt ?? t(from),
  });
  for (const [minute, wh] of samples) {
    await (await heard(minute)).call('MeterValues', {
      connectorId: 1,
      transactionId,
      meterValue: [{ timestamp: t(minute), sampledValue: [{ value: String(wh) }] }],
    });
  }
  const timestamp = one.endedAt ?? t(minutes);
  const stop = { transactionId, meterStop, timestamp };
  await (await heard(minutes)).call('StopTransaction', stop);
  await site.settle();
  const [session] = await site.sessions();
  return { session, cdr: await site.cdrOf(session) };
}

const good: readonly Sample[] = [
  [1, 100_100],
  [30, 103_500],
  [59, 106_900],
];

describe('a bill that was wrong once', () => {
  it.each([0, -1, 1, 40_000])(
    'a session is held at the 6.8 kWh of its readings if start and stop both say %i',
    async (register) => {
      const { cdr } = await charged({ meterStart: register, meterStop: register, samples: good });

      expect(cdr).toMatchObject({ state: 'held', total: null, energyKwh: 6.8 });
    },
  );

  it('a held session shows each energy that it can have had, and is billed by the decision', async () => {
    const { cdr, session } = await charged({ meterStart: 0, meterStop: 0, samples: good });

    const candidates = cdr['candidates'] as readonly Body[];
    expect(candidates.map(({ by, energyKwh, accepted }) => [by, energyKwh, accepted])).toEqual([
      ['register-ends', 0, undefined],
      ['readings', 6.8, true],
      ['rises', 6.8, true],
    ]);
    await resolve(site, cdr['cdrId'], { decision: 'accept' });
    await site.settle();
    const sealed = await site.cdrOf(session);
    expect(sealed).toMatchObject({ state: 'sealed', energyKwh: 6.8, total: { exclVat: '3.40' } });
    expect(sealed).not.toHaveProperty('candidates');
    await expectValid(site, sealed);
  });

  it('a session is sealed at the 7 kWh of its ends if one reading between good ones is a peak', async () => {
    const samples: readonly Sample[] = [
      [15, 101_750],
      [30, 4_294_967_295],
      [45, 105_250],
    ];
    const { cdr } = await charged({ meterStart: 100_000, meterStop: 107_000, samples });

    expect(cdr).toMatchObject({ state: 'sealed', energyKwh: 7, total: { exclVat: '3.50' } });
  });

  it.each([0, 5])(
    'a session is held if the stop says -1 after a start at %i, and there are no readings',
    async (meterStart) => {
      const { cdr } = await charged({ meterStart, meterStop: -1 });

      expect(cdr).toMatchObject({ state: 'held', total: null });
      expect(codesOf(cdr)).toContain('NO_METER_DATA');
    },
  );

  it('a session is billed up to its last reading if the stop says -1, and from its first if the start does', async () => {
    const noStop = await charged({ meterStart: 100_000, meterStop: -1, samples: good });
    expect(noStop.cdr).toMatchObject({ state: 'sealed', energyKwh: 6.9 });
    expect(codesOf(noStop.cdr)).toEqual(['NO_VALUE', 'STOP_REGISTER_MISSING']);

    await site.register({ maxPowerKw: 22 });
    const noStart = await charged({ meterStart: -1, meterStop: 107_000, samples: good });
    expect(noStart.cdr).toMatchObject({ state: 'sealed', energyKwh: 6.9 });
    expect(codesOf(noStart.cdr)).toEqual(['NO_VALUE', 'START_REGISTER_MISSING']);
  });

  it.each([65_535, 2_147_483_647, 4_294_967_295])(
    'a session is held if the stop says %i for "unknown", and there are no readings',
    async (meterStop) => {
      const { cdr } = await charged({ meterStart: 100_000, meterStop });

      expect(cdr).toMatchObject({ state: 'held', total: null });
    },
  );

  it.each([
    ['a stop at 4294967295', 100_000, 4_294_967_295],
    ['a start at 0 and a stop at the register of a lifetime', 0, 7_937_000],
  ])(
    'a session of a charger without registered power is held after %s',
    async (_, meterStart, meterStop) => {
      await site.register();
      const { cdr } = await charged({ meterStart, meterStop });

      expect(cdr).toMatchObject({ state: 'held', total: null });
    },
  );

  it('a session is held if the clock said 2019 at the start and was right at the stop', async () => {
    const tariffId = (
      await site.call('POST', '/tariffs', {
        name: 'T',
        currency: 'EUR',
        perKwh: '0.50',
        perMinute: '0.05',
      })
    ).body['tariffId'];
    await site.register({ maxPowerKw: 22, tariffId });
    const startedAt = '2019-01-01T00:00:07Z';
    const { cdr, session } = await charged({ meterStart: 100_000, meterStop: 107_000, startedAt });

    expect(cdr).toMatchObject({ state: 'held', total: null, startedAt: t(0), endedAt: t(60) });
    expect(codesOf(cdr)).toContain('CLOCK_JUMPED');
    expect(session).toMatchObject({ startedAt: t(0), endedAt: t(60) });
  });

  it('a session of more than a week is held', async () => {
    const { cdr } = await charged({ meterStart: 0, meterStop: 7000, minutes: 8 * 24 * 60 });

    expect(codesOf(cdr)).toEqual(['SESSION_TOO_LONG']);
  });

  it('a session ends when its CDR ends, even if the clock of the stop said 2036', async () => {
    const endedAt = '2036-02-07T06:28:15Z';
    const { cdr, session } = await charged({ meterStart: 100_000, meterStop: 107_000, endedAt });

    expect(cdr).toMatchObject({ state: 'sealed', endedAt: t(60) });
    expect(session).toMatchObject({ startedAt: cdr['startedAt'], endedAt: cdr['endedAt'] });
  });

  it('a session is dated in the time zone of its charger where its times name none', async () => {
    await site.register({ maxPowerKw: 22, timeZone: 'Europe/Berlin' });
    const local = { startedAt: '2026-03-10T10:00:00', endedAt: '2026-03-10T11:00:00' };
    const { cdr, session } = await charged({ meterStart: 100_000, meterStop: 107_000, ...local });

    expect(cdr).toMatchObject({ state: 'sealed', startedAt: t(0), endedAt: t(60) });
    expect(session).toMatchObject({ startedAt: t(0), endedAt: t(60) });
    expect(codesOf(cdr)).toEqual(['TS_NO_TZ']);
    await expectValid(site, cdr);
  });

  it('a session is listed at the time of its CDR, not at that of a clock that was not set', async () => {
    const startedAt = '2019-01-01T00:00:07Z';
    const { session } = await charged({ meterStart: 100_000, meterStop: 107_000, startedAt });
    const listed = async (query: string) =>
      (
        (await site.call('GET', `/sessions?chargerId=${site.chargerId}&${query}`)).body.items ?? []
      ).map(({ sessionId }) => sessionId);

    expect(await listed(`from=${t(0)}&to=${t(1)}`)).toEqual([session?.['sessionId']]);
    expect(await listed(`to=${t(0)}`)).toEqual([]);
  });
});

describe('a session of which nothing but the ends is known, at a charger without a registered power', () => {
  it('a session is held at more than 22 kW, unless its connector or the session before it shows more', async () => {
    const fast = { meterStart: 100_000, meterStop: 180_000 };
    await site.register();
    const { cdr } = await charged(fast);
    expect(cdr).toMatchObject({ state: 'held', total: null, energyKwh: 80 });
    expect(codesOf(cdr)).toEqual(['ENERGY_UNPROVEN']);

    await resolve(site, cdr['cdrId'], { decision: 'accept' });
    await site.settle();
    const next = await charged({
      meterStart: 180_000,
      meterStop: 270_000,
      from: 70,
      minutes: 130,
    });
    expect(next.cdr).toMatchObject({ state: 'sealed', energyKwh: 90 });
    expect(next.cdr['evidence']).toMatchObject({ basis: { previousPowerW: 80_000 } });
    await expectValid(site, next.cdr);

    const connector = { connectorId: 1, standard: 'IEC_62196_T2_COMBO', format: 'CABLE' };
    const power = { powerType: 'DC', maxVoltage: 1000, maxAmperage: 150 };
    await site.register({ evses: [{ evseId: 1, connectors: [{ ...connector, ...power }] }] });
    const known = await charged(fast);
    expect(known.cdr).toMatchObject({ state: 'sealed', energyKwh: 80 });
    expect(known.cdr['evidence']).toMatchObject({ session: { maxPowerW: 150_000 } });
    const tooMuch = { meterStart: 180_000, meterStop: 400_000, from: 70, minutes: 130 };
    expect((await charged(tooMuch)).cdr['state']).toBe('held');
  });
});

describe('a start that is dated hours before it came, and a stop that came as it was taken', () => {
  const hours = { meterStart: 100_000, meterStop: 107_000, startedAt: t(-5 * 60) };
  const renewed = async (connectionId: string, minute: number) =>
    await takeOver(site.database, site.chargerKey, {
      connectionId,
      protocol: 'ocpp1.6',
      connectedAt: t(minute),
    });

  it('a session is held where the charger was connected all the time', async () => {
    await renewed('c1', -6 * 60);
    const { cdr } = await charged(hours);

    expect(cdr).toMatchObject({ state: 'held', total: null, startedAt: t(0), endedAt: t(60) });
    expect(codesOf(cdr)).toEqual(['CLOCK_JUMPED']);
    expect(cdr['evidence']).toMatchObject({ basis: { chargerConnectedAt: t(-15) } });
  });

  it('a session is held where the charger came back hours before it sent the start', async () => {
    await keepOffline(site.database, site.chargerKey, { from: t(-6 * 60), to: t(-3 * 60) });
    const { cdr } = await charged(hours);

    expect(codesOf(cdr)).toEqual(['CLOCK_JUMPED']);
  });

  it('a session is dated by its charger where that had no connection until it sent the start', async () => {
    await keepOffline(site.database, site.chargerKey, { from: t(-6 * 60), to: t(-1) });
    const { cdr } = await charged(hours);

    expect(cdr).toMatchObject({ state: 'sealed', startedAt: t(-5 * 60), endedAt: t(60) });
    expect(codesOf(cdr)).toEqual([]);
    await expectValid(site, cdr);
  });

  it('a session is dated by its charger where that was back too shortly to send the start', async () => {
    await keepOffline(site.database, site.chargerKey, { from: t(-6 * 60), to: t(-4 * 60) });
    await keepOffline(site.database, site.chargerKey, { from: t(-4 * 60 + 2), to: t(-1) });
    const { cdr } = await charged(hours);

    expect(codesOf(cdr)).toEqual([]);
    expect(cdr).toMatchObject({ state: 'sealed', startedAt: t(-5 * 60), endedAt: t(60) });
  });

  it('a session is dated by its charger where its return was not noted yet', async () => {
    await charged({ meterStart: 99_000, meterStop: 100_000, from: -8 * 60, minutes: -7 * 60 });
    await renewed('c2', -1);
    await charged({ ...hours, meterStop: 100_500, minutes: 1 });
    const { items = [] } = (await site.call('GET', `/cdrs?chargerId=${site.chargerId}`)).body;

    expect(items).toMatchObject([{ state: 'sealed', startedAt: t(-5 * 60) }, { state: 'sealed' }]);
  });

  it('a session is dated by its charger where nothing is known of the time before', async () => {
    await renewed('c1', -1);

    expect((await charged(hours)).cdr).toMatchObject({ state: 'sealed', startedAt: t(-5 * 60) });
  });
});
