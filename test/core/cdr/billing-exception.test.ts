import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  exceptionOf,
  mayBeException,
  priceException,
} from '../../../core/cdr/compute/billing-exception.ts';
import {
  abortReasons,
  defaultBillingSettings,
  type PriceSettings,
} from '../../../core/cdr/compute/billing-settings.ts';
import { cdrFromReadings } from '../../../core/cdr/compute/cdr-from-readings.ts';
import type { CdrContent } from '../../../core/cdr/model/cdr.ts';
import { checkArithmetic } from '../../../core/cdr/verify/check-arithmetic.ts';
import type { Price } from '../../../core/tariff/model/price.ts';
import type { Tariff } from '../../../core/tariff/model/tariff.ts';
import { milliWattHours } from '../../../core/units/energy.ts';
import { startedEvent, stoppedEvent } from '../session/session-samples.ts';
import { rules, sessionOf, stored, tariff } from './cdr-samples.ts';

const { zeroEnergy, aborted } = defaultBillingSettings;
const settings: PriceSettings = { zeroEnergy, aborted };

const cdrOf = (
  { meterStop = 8000, reason = 'Local' }: { meterStop?: number; reason?: string },
  by: Tariff = tariff,
  set: PriceSettings | undefined = settings,
): CdrContent =>
  cdrFromReadings(
    sessionOf(startedEvent(), stoppedEvent({ meterStop, reason })),
    by,
    meterStop === 8000 ? stored : [],
    rules,
    set && { settings: set },
  );

const lines = ({ lines }: CdrContent) =>
  lines.map(({ component, billedQuantity, exclVat }) => [component, billedQuantity, exclVat]);

const stopOf = (reason: string) => stoppedEvent({ reason }).stop;

describe('a session without energy', () => {
  it('a session without energy costs nothing by default, and its CDR shows what is not billed', () => {
    const content = cdrOf({ meterStop: 1000 });

    expect(content).toMatchObject({
      energyKwh: 0,
      durationSeconds: 3600,
      total: { currency: 'EUR', exclVat: '0.00', inclVat: '0.00' },
      unrounded: { exclVat: '0', inclVat: '0' },
      evidence: { basis: { settings } },
    });
    expect(lines(content)).toEqual([['FLAT', '0', '0.00']]);
    expect(content.lines[0]).toMatchObject({
      quantity: '1',
      unitPrice: '1.00',
      reason: 'Fee for the session of 1.00 EUR. Not billed: the session delivered no energy.',
    });
    expect(content.periods).not.toEqual([]);
  });

  it('a session without energy owes neither time nor a minimum price', () => {
    const byTime: Tariff = {
      ...tariff,
      minPrice: { exclVat: '5' },
      elements: [{ priceComponents: [{ type: 'TIME', price: '3', vat: '19', stepSize: 60 }] }],
    };

    const content = cdrOf({ meterStop: 1000 }, byTime);

    expect(content.total).toMatchObject({ exclVat: '0.00', inclVat: '0.00' });
    expect(lines(content)).toEqual([['TIME', '0', '0.00']]);
  });

  it("a session without energy is billed by the tariff if the operator's settings say so", () => {
    const content = cdrOf({ meterStop: 1000 }, tariff, {
      ...settings,
      zeroEnergy: { bill: 'tariff', upToKwh: 0 },
    });

    expect(content.total?.exclVat).toBe('1.00');
  });

  it("a session counts as one without energy up to the energy in the operator's settings, and not above", () => {
    const upTo = { ...settings, zeroEnergy: { bill: 'nothing', upToKwh: 0.1 } } as const;

    expect(cdrOf({ meterStop: 1100 }, tariff, upTo)).toMatchObject({
      energyKwh: 0.1,
      total: { exclVat: '0.00' },
    });
    expect(cdrOf({ meterStop: 1100 }, tariff, upTo).lines[0]?.reason).toContain(
      'no more than 0.1 kWh',
    );
    expect(cdrOf({ meterStop: 1101 }, tariff, upTo).total?.exclVat).toBe('1.04');
  });
});

describe('an aborted session', () => {
  it('an aborted session owes no session fee, but its energy as usual', () => {
    const content = cdrOf({ reason: 'EmergencyStop' });

    // As the ordinary session, 5.13, without the fee of 1.
    expect(content.total).toEqual({ currency: 'EUR', exclVat: '4.13', inclVat: '4.91' });
    expect(lines(content)).toEqual([
      ['ENERGY', '7', '2.73'],
      ['PARKING_TIME', expect.any(String), '1.40'],
      ['FLAT', '0', '0.00'],
    ]);
    expect(content.lines.at(-1)?.reason).toBe(
      'Fee for the session of 1.00 EUR. Waived: the session was aborted (EmergencyStop).',
    );
  });

  it('an aborted session owes no minimum price, which would be a session fee in disguise', () => {
    const content = cdrOf({ reason: 'PowerLoss' }, { ...tariff, minPrice: { exclVat: '50' } });

    expect(content.total?.exclVat).toBe('4.13');
    expect(content.lines.at(-1)).toMatchObject({ component: 'MIN_PRICE', exclVat: '0.00' });
  });

  it('an aborted session is limited by the maximum price', () => {
    const content = cdrOf({ reason: 'PowerLoss' }, { ...tariff, maxPrice: { exclVat: '2' } });

    expect(content.total?.exclVat).toBe('2.00');
  });

  it('an aborted session costs nothing if the tariff has only a session fee', () => {
    const flat: Tariff = {
      ...tariff,
      elements: [{ priceComponents: [{ type: 'FLAT', price: '3', stepSize: 1 }] }],
    };

    const content = cdrOf({ reason: 'Reboot' }, flat);

    expect(content.total).toMatchObject({ exclVat: '0.00', inclVat: '0.00' });
    expect(lines(content)).toEqual([['FLAT', '0', '0.00']]);
  });

  it.each(['Local', 'Remote', 'EVDisconnected', 'SoftReset'])(
    'a session that ended by %s does not count as aborted by default',
    (reason) => {
      expect(cdrOf({ reason }).total?.exclVat).toBe('5.13');
    },
  );

  it('an active session does not count as aborted', () => {
    expect(exceptionOf(settings, undefined, milliWattHours(7_000_000n))).toBeUndefined();
    expect(mayBeException(undefined, milliWattHours(7_000_000n))).toBe(false);
  });

  it('an aborted session owes the session fee if the operator does not waive it', () => {
    const content = cdrOf({ reason: 'PowerLoss' }, tariff, {
      ...settings,
      aborted: { ...aborted, waiveSessionFee: false },
    });

    expect(content.total?.exclVat).toBe('5.13');
  });
});

describe('any exception', () => {
  const amount = fc.integer({ min: 0, max: 2000 }).map((cents) => (cents / 100).toFixed(2));
  const component = fc.record({
    type: fc.constantFrom(
      'ENERGY' as const,
      'TIME' as const,
      'PARKING_TIME' as const,
      'FLAT' as const,
    ),
    price: amount,
    vat: fc.constantFrom('0', '7', '19'),
    stepSize: fc.constantFrom(0, 1, 300),
  });
  const anyTariff: fc.Arbitrary<Tariff> = fc
    .record({
      priceComponents: fc.array(component, { minLength: 1, maxLength: 4 }),
      minPrice: fc.option(amount, { nil: undefined }),
      scope: fc.constantFrom('total' as const, 'component' as const),
    })
    .map(({ priceComponents, minPrice, scope }) => ({
      ...tariff,
      elements: [{ priceComponents }],
      rounding: { mode: 'half-up', scope },
      ...(minPrice !== undefined && { minPrice: { exclVat: minPrice } }),
    }));

  it('the lines of an exceptional session add up, and it never costs more than the tariff', () => {
    fc.assert(
      fc.property(
        anyTariff,
        fc.constantFrom(1000, 8000),
        fc.constantFrom('Local', 'PowerLoss'),
        (by, meterStop, reason) => {
          const usual = cdrOf({ meterStop, reason }, by, undefined);
          const content = cdrOf({ meterStop, reason }, by);

          expect(checkArithmetic(content).outcome).toBe('passed');
          expect(Number(content.total?.inclVat)).toBeLessThanOrEqual(Number(usual.total?.inclVat));
          expect(Number(content.total?.exclVat)).toBeGreaterThanOrEqual(0);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('every session that some settings make exceptional is a possible exception before they are known', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...abortReasons, 'Local', 'EVDisconnected'),
        fc.bigInt({ min: 0n, max: 2_000_000n }).map(milliWattHours),
        fc.integer({ min: 0, max: 1_000_000 }),
        fc.subarray([...abortReasons]),
        (reason, energy, upTo, stopReasons) => {
          const set: PriceSettings = {
            zeroEnergy: { bill: 'nothing', upToKwh: upTo / 1e6 },
            aborted: { waiveSessionFee: true, stopReasons },
          };
          const isException = exceptionOf(set, stopOf(reason), energy) !== undefined;
          expect(isException && !mayBeException(stopOf(reason), energy)).toBe(false);
        },
      ),
    );
  });

  it('amounts that are not billed are zeros with the decimals of the other amounts', () => {
    const price = (total: string): Price => ({
      total: { currency: 'XXX', exclVat: total, inclVat: total },
      unrounded: { exclVat: total, inclVat: total },
      lines: [],
      periods: [],
    });
    const nothing = { kind: 'nothing', reason: 'x' } as const;
    const zeroOf = (total: string) => priceException(nothing, tariff, () => price(total)).total;

    expect(zeroOf('123.45')).toMatchObject({ exclVat: '0.00' });
    expect(zeroOf('123')).toMatchObject({ exclVat: '0' });
    expect(zeroOf('0.1000')).toMatchObject({ inclVat: '0.0000' });
    // A tariff may pay for charging, and even then nothing has no sign.
    expect(zeroOf('-1.50')).toMatchObject({ exclVat: '0.00' });
  });
});
