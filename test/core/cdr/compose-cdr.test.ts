import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cdrFromReadings } from '../../../core/cdr/compute/cdr-from-readings.ts';
import { canonicalJson } from '../../../core/cdr/seal/canonical-json.ts';
import { startedEvent, stoppedEvent, supersededEvent } from '../session/session-samples.ts';
import { ordinaryContent, rules, sessionOf, stored, tariff } from './cdr-samples.ts';

const codes = (content: ReturnType<typeof ordinaryContent>) =>
  content.anomalies.map(({ code }) => code);

describe('a CDR', () => {
  it('a CDR states energy, times, meter and price in the terms of the contract', () => {
    expect(ordinaryContent()).toMatchObject({
      cdrId: expect.stringMatching(/^cdr_[a-z2-7]{26}$/),
      chargerId: 'CP-1',
      evseId: 2,
      connectorId: 2,
      tokenId: 'CARD1',
      accountId: 'acc1',
      startedAt: '2026-03-02T10:00:00.000Z',
      endedAt: '2026-03-02T11:00:00.000Z',
      durationSeconds: 3600,
      chargingSeconds: 2760,
      idleSeconds: 840,
      energyKwh: 7,
      meterStart: { wh: 1000, at: '2026-03-02T10:00:00.000Z' },
      meterStop: { wh: 8000, at: '2026-03-02T11:00:00.000Z' },
      // 7 kWh × 0.39 + 14 min × 0.10 + 1 = 5.13, and 19 % VAT of that.
      total: { currency: 'EUR', exclVat: '5.13', inclVat: '6.10' },
      tariff: { tariffId: 'tar1', version: 3 },
      anomalies: [],
      creditOf: null,
      evidence: { readings: 5, quality: 'register', rules: { metering: 22, pricing: 5, cdr: 5 } },
    });
  });

  it('a CDR keeps the facts it was computed from in their own precision', () => {
    const started = startedEvent({ meterStart: 1000.00000000001 });
    const session = sessionOf(
      { ...started, identity: { ...started.identity, maxPowerW: 22_100.000000000004 } },
      stoppedEvent(),
    );

    const content = cdrFromReadings(session, tariff, stored, rules);

    expect(content.evidence.session).toMatchObject({
      maxPowerW: 22_100,
      start: { meterStart: 1000 },
      stop: { meterStop: 8000 },
    });
    expect(() => canonicalJson(content)).not.toThrow();
  });

  it('a CDR states the energy of its periods as numbers, exact to the mWh', () => {
    const content = cdrFromReadings(
      sessionOf(startedEvent(), stoppedEvent({ meterStop: 1000.001 })),
      tariff,
      stored.slice(0, 1),
      rules,
    );

    expect(content.periods.map(({ energyKwh }) => energyKwh)).toEqual([0.000001]);
    expect(canonicalJson(content.periods)).toContain('"energyKwh":0.000001');
  });

  it('a CDR is byte for byte the same for any order and repetition of its readings', () => {
    const expected = canonicalJson(ordinaryContent());
    const session = sessionOf(startedEvent(), stoppedEvent());
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...stored, ...stored], { minLength: 2 * stored.length }),
        (mixed) => {
          expect(canonicalJson(cdrFromReadings(session, tariff, mixed, rules))).toBe(expected);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('a CDR is held without a price if the charger had no tariff', () => {
    const content = cdrFromReadings(
      sessionOf(startedEvent(), stoppedEvent()),
      undefined,
      stored,
      rules,
    );

    expect(codes(content)).toEqual(['NO_TARIFF']);
    expect(content).toMatchObject({ total: null, lines: [], energyKwh: 7, tariff: null });
  });

  it('a CDR reports a tariff that was not valid at its start and is priced by it nevertheless', () => {
    const price = (validity: object) =>
      cdrFromReadings(
        sessionOf(startedEvent(), stoppedEvent()),
        { ...tariff, ...validity },
        stored,
        rules,
      );
    const start = '2026-03-02T10:00:00.000Z';

    expect(codes(price({ validFrom: start, validUntil: '2026-03-02T10:00:00.001Z' }))).toEqual([]);
    for (const validity of [{ validUntil: start }, { validFrom: '2026-03-02T10:00:00.001Z' }]) {
      expect(codes(price(validity))).toEqual(['TARIFF_NOT_VALID']);
      expect(price(validity).total).toEqual(ordinaryContent().total);
    }
  });

  it('a CDR names no token if the charger named none', () => {
    const content = cdrFromReadings(
      sessionOf(startedEvent({ tokenId: '', authorization: 'Invalid' }), stoppedEvent()),
      tariff,
      stored,
      rules,
    );

    expect(content.tokenId).toBeNull();
  });

  it('a CDR is held if energy was delivered to a token that was not accepted', () => {
    const content = cdrFromReadings(
      sessionOf(startedEvent({ authorization: 'Invalid' }), stoppedEvent()),
      tariff,
      stored,
      rules,
    );

    expect(codes(content)).toEqual(['TOKEN_NOT_ACCEPTED', 'UNAUTHORIZED_ENERGY']);
    expect(content.total).toBeNull();
  });

  it('a CDR is held if a token that was not accepted would pay without energy', () => {
    const content = cdrFromReadings(
      sessionOf(startedEvent({ authorization: 'Blocked' }), stoppedEvent({ meterStop: 1000 })),
      tariff,
      [],
      rules,
    );

    expect(codes(content)).toEqual(['TOKEN_NOT_ACCEPTED', 'UNAUTHORIZED_PRICE', 'ZERO_ENERGY']);
    expect(content).toMatchObject({ energyKwh: 0, total: null, lines: [] });
  });

  it('a CDR is held if a token that was not accepted would pay a single cent, even of VAT only', () => {
    const priceComponents = [{ type: 'FLAT', price: '0.0045', vat: '19', stepSize: 1 }] as const;
    const costOf = (authorization: 'Accepted' | 'Blocked') =>
      cdrFromReadings(
        sessionOf(startedEvent({ authorization }), stoppedEvent({ meterStop: 1000 })),
        { ...tariff, elements: [{ priceComponents }] },
        [],
        rules,
      );

    expect(costOf('Accepted').total).toMatchObject({ exclVat: '0.00', inclVat: '0.01' });
    expect(codes(costOf('Blocked'))).toContain('UNAUTHORIZED_PRICE');
  });

  it('a CDR is sealed if a token that was not accepted got no energy and pays nothing', () => {
    const [element] = tariff.elements;
    const priceComponents = element?.priceComponents.filter(({ type }) => type !== 'FLAT') ?? [];
    const content = cdrFromReadings(
      sessionOf(startedEvent({ authorization: 'Blocked' }), stoppedEvent({ meterStop: 1000 })),
      { ...tariff, elements: [{ priceComponents }] },
      [],
      rules,
    );

    expect(codes(content)).toEqual(['TOKEN_NOT_ACCEPTED', 'ZERO_ENERGY']);
    expect(content.total).toEqual({ currency: 'EUR', exclVat: '0.00', inclVat: '0.00' });
  });

  it.each([
    ['a stop without a start', [stoppedEvent()], 'STOP_WITHOUT_START'],
    ['a session that another one ended', [startedEvent(), supersededEvent], 'SESSION_SUPERSEDED'],
    ['a session that has not ended', [startedEvent()], 'SESSION_NOT_ENDED'],
    [
      'a stop before the start',
      [startedEvent(), stoppedEvent({ endedAt: '2026-03-02T09:00:00Z' })],
      'TIME_NEGATIVE',
    ],
  ])('a CDR of %s is held', (_, events, code) => {
    const content = cdrFromReadings(sessionOf(...events), tariff, stored, rules);

    expect(codes(content)).toContain(code);
    expect(content.total).toBeNull();
  });

  it('a CDR bills exactly the metered energy, to the mWh', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 11_000 }), fc.nat(999), (wh, fraction) => {
        const at = '2026-03-02T11:00:00.000Z';
        const raw = JSON.stringify({ at, register: Number(`${5_000_000 + wh}.${fraction}`) });
        const content = cdrFromReadings(
          sessionOf(
            startedEvent({ meterStart: 5_000_000 }),
            stoppedEvent({ meterStop: 5_000_000 + wh }),
          ),
          tariff,
          [
            ...stored
              .slice(0, 1)
              .map((one) => ({ ...one, raw: one.raw.replace('1000', '5000000') })),
            { key: at, kind: 'meter', receivedAt: at, evseId: 1, connectorId: 1, raw },
          ],
          rules,
        );

        const energy = content.lines.filter(({ component }) => component === 'ENERGY');
        const billed = energy.reduce((sum, { quantity }) => sum + Number(quantity), 0);

        expect(content.energyKwh).toBeCloseTo(Number(`${wh}.${fraction}`) / 1000, 6);
        expect(billed).toBeCloseTo(content.energyKwh, 6);
      }),
      { numRuns: 50 },
    );
  });
});
