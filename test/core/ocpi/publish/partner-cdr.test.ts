import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { creditCdr } from '../../../../core/cdr/correct/credit-cdr.ts';
import type { CdrContent } from '../../../../core/cdr/model/cdr.ts';
import type { Activity, Metered } from '../../../../core/metering/model/metered.ts';
import { checkCdr } from '../../../../core/ocpi/check/check-cdr.ts';
import { checkCredit } from '../../../../core/ocpi/check/check-credit.ts';
import { differenceOf } from '../../../../core/ocpi/common/decimal-text.ts';
import { timeOfHours } from '../../../../core/ocpi/hours.ts';
import type { PartnerCdr } from '../../../../core/ocpi/model/cdr.ts';
import type { PartnerLocation } from '../../../../core/ocpi/model/location.ts';
import { allTranslators } from '../../../../core/ocpi/partner/all-translators.ts';
import { hoursText } from '../../../../core/ocpi/publish/cdr-periods.ts';
import { partnerCdr } from '../../../../core/ocpi/publish/partner-cdr.ts';
import type { SharedPlace } from '../../../../core/ocpi/publish/shared-session.ts';
import type { Tariff } from '../../../../core/tariff/model/tariff.ts';
import { priceSession } from '../../../../core/tariff/price-session.ts';
import { parseDecimal } from '../../../../core/units/decimal.ts';
import { kwhNumber } from '../../../../core/units/format-kwh.ts';
import { isoInstant } from '../../../../core/units/instant.ts';
import { ordinaryContent } from '../../cdr/cdr-samples.ts';
import { anyStep, session, someZone, tariffOf } from '../../tariff/arbitraries.ts';

const party = { countryCode: 'DE', partyId: 'OUR' };
const shownAt = '2026-04-14T18:00:00.000Z';
const driver = {
  party,
  token: {
    ...{ countryCode: 'NL', partyId: 'PAR', uid: '04A2B3C4D5' },
    ...{ type: 'RFID', contractId: 'NL-PAR-C1' },
  },
  authMethod: 'WHITELIST',
};

/** A place whose clock is that of a zone. */
const placeIn = (timeZone: string): SharedPlace => {
  const connector = {
    ...{ id: '1', standard: 'IEC_62196_T2', format: 'SOCKET', powerType: 'AC_3_PHASE' },
    ...{ maxVoltage: '230', maxAmperage: '32', tariffIds: [], capabilities: [] },
    lastUpdated: shownAt,
  };
  const evse = {
    ...{ uid: 'evse-1', status: 'CHARGING', statusSchedule: [], capabilities: [] },
    ...{ connectors: [connector], directions: [], parkingRestrictions: [], images: [] },
    ...{ parking: [], acceptedServiceProviders: [], lastUpdated: shownAt },
  };
  const location: PartnerLocation = {
    ...party,
    ...{ id: 'loc-1', publish: true, publishAllowedTo: [], address: 'Am Markt 1' },
    ...{ city: 'Berlin', country: 'DEU', relatedLocations: [], evses: [evse], timeZone },
    coordinates: { latitude: '52.52001', longitude: '13.40495' },
    ...{ parkingPlaces: [], directions: [], facilities: [], images: [], lastUpdated: shownAt },
  };
  return { location, evse, connector };
};

/** The content of a sealed CDR of a session under a tariff. */
const sealed = (tariff: Tariff, metered: Metered, timeZone: string): CdrContent => {
  const { periods, lines, total, unrounded } = priceSession(tariff, metered, timeZone);
  return {
    ...ordinaryContent(),
    startedAt: isoInstant(metered.startedAt),
    endedAt: isoInstant(metered.endedAt),
    energyKwh: kwhNumber(metered.energy),
    ...{ tariff, timeZone, periods, lines, total, unrounded },
  };
};

const shownOf = (content: CdrContent): PartnerCdr => {
  const shown = partnerCdr(content, driver, placeIn(content.timeZone), shownAt);
  if (shown.kind === 'impossible') throw new Error(shown.reason);
  return shown.cdr;
};

const bills = fc
  .tuple(tariffOf(anyStep), session, someZone)
  .map(([tariff, metered, zone]) => sealed(tariff, metered, zone));

/** The same with time in which the connector was free. */
const withFreeTime = fc
  .tuple(tariffOf(anyStep), session, someZone, fc.nat(5))
  .map(([tariff, metered, zone, at]) => {
    const activities = metered.activities.map(
      (activity, index): Activity => (index === at ? { ...activity, kind: 'unused' } : activity),
    );
    return sealed(tariff, { ...metered, activities }, zone);
  });

const agrees = (cdr: PartnerCdr, timeZone: string): void => {
  const { verdict, differences } = checkCdr(cdr, { tariffs: [], timeZone });
  expect({ verdict, differences }).toEqual({ verdict: 'agrees', differences: [] });
};

describe('a CDR for the partner of its driver', () => {
  it('the check of an eMSP agrees with every CDR, under any tariff, on both sides of the change of the clocks', () => {
    fc.assert(
      fc.property(fc.oneof(bills, withFreeTime), (content) => {
        agrees(shownOf(content), content.timeZone);
      }),
      { numRuns: 400 },
    );
  });

  it('it still agrees when a partner of 2.2.1 or 2.3.0 has read it', () => {
    fc.assert(
      fc.property(bills, fc.constantFrom('2.2.1', '2.3.0'), (content, version) => {
        const pair = allTranslators[version].cdr;
        const written = pair?.to(shownOf(content), { owner: party });
        if (written?.kind !== 'translated') throw new Error('not written');
        const read = pair?.from(written.object, { owner: party });
        if (read?.kind !== 'received') throw new Error('not read');
        agrees(read.value, content.timeZone);
      }),
      { numRuns: 100 },
    );
  });

  it('it still agrees when a partner of 2.1.1 has read it, unless its tariff asks for power or has several rates of VAT, which 2.1.1 has no fields for', () => {
    const isSayable = ({ tariff }: CdrContent): boolean => {
      const elements = tariff?.elements ?? [];
      const rates = elements.flatMap((element) => element.priceComponents.map(({ vat }) => vat));
      return (
        new Set(rates).size === 1 &&
        elements.every(
          ({ restrictions: { minPower, maxPower } = {} }) =>
            minPower === undefined && maxPower === undefined,
        )
      );
    };
    fc.assert(
      fc.property(bills.filter(isSayable), (content) => {
        const { location } = placeIn(content.timeZone);
        const context = { owner: party, location };
        const pair = allTranslators['2.1.1'].cdr;
        const written = pair?.to(shownOf(content), context);
        if (written?.kind !== 'translated') throw new Error('not written');
        const read = pair?.from(written.object, context);
        if (read?.kind !== 'received') throw new Error('not read');
        agrees(read.value, content.timeZone);
      }),
      { numRuns: 100 },
    );
  });

  it('its totals are those of the seal to the last digit, and its parts those of the lines', () => {
    fc.assert(
      fc.property(bills, (content) => {
        const { totalCost, totalEnergy, ...parts } = shownOf(content);
        expect(differenceOf(totalCost.exclVat, content.total?.exclVat ?? '')).toBe('0');
        expect(differenceOf(totalCost.inclVat ?? '', content.total?.inclVat ?? '')).toBe('0');
        expect(Number(totalEnergy)).toBe(content.energyKwh);
        const stated = [
          parts.totalFixedCost,
          parts.totalEnergyCost,
          parts.totalTimeCost,
          parts.totalParkingCost,
        ].reduce((sum, part) => sum + Number(part?.inclVat ?? 0), 0);
        expect(stated).toBeCloseTo(Number(totalCost.inclVat), 6);
      }),
      { numRuns: 100 },
    );
  });

  it('times are rounded so little that the reader gets the milliseconds back', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10_000_000_000n }), (ms) => {
        const hours = parseDecimal(hoursText(ms));
        if (hours === undefined) throw new Error('no number');
        expect(timeOfHours(hours, ms)).toBe(ms);
      }),
    );
  });

  it('a credit takes its CDR back to the last digit', () => {
    fc.assert(
      fc.property(bills, (content) => {
        const credit = shownOf(creditCdr(content));
        expect(credit).toMatchObject({ credit: true, creditReferenceId: content.cdrId });
        expect(checkCredit(credit, shownOf(content))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it('idle time that is free by a grace period is not stated as parking, and the grace period is a loss', () => {
    fc.assert(
      fc.property(
        tariffOf(anyStep),
        session,
        fc.integer({ min: 1, max: 300 }),
        (tariff, metered, minutes) => {
          const graceful = { ...tariff, idleGraceMinutes: minutes };
          const content = sealed(graceful, metered, 'UTC');
          const shown = partnerCdr(content, driver, placeIn('UTC'), shownAt);
          if (shown.kind === 'impossible') throw new Error(shown.reason);
          agrees(shown.cdr, 'UTC');
          expect(shown.losses).toContainEqual({
            path: 'tariffs[0].idleGraceMinutes',
            lost: String(minutes),
            instead: null,
          });
        },
      ),
      { numRuns: 100 },
    );
  });

  it('a held CDR, and one of a place that OCPI cannot say, is not shown, with the reason', () => {
    const content = ordinaryContent();
    expect(partnerCdr({ ...content, total: null }, driver, placeIn('UTC'), shownAt)).toMatchObject({
      kind: 'impossible',
    });
    expect(partnerCdr(content, driver, { missing: 'No standard.' }, shownAt)).toEqual({
      kind: 'impossible',
      reason: 'No standard.',
    });
  });

  it('signed values go with it byte for byte, with their place in the session', () => {
    const record = 'OCMF|{"FV":"1.0","RD":[]}|{"SD":"00"}';
    const verdict = { kind: 'valid', message: '', remarks: [] } as const;
    const content = ordinaryContent();
    const cdr = shownOf({
      ...content,
      evidence: {
        ...content.evidence,
        signedValues: [
          { format: 'ocmf', record, contexts: ['Transaction.Begin'], verdict },
          { format: 'ocmf', record, publicKey: '3059', contexts: ['Transaction.End'], verdict },
          { format: 'ocmf', recordHash: 'ab', contexts: [], verdict },
        ],
      },
    });
    expect(cdr.signedData).toEqual({
      encodingMethod: 'OCMF',
      publicKey: '3059',
      signedValues: [
        { nature: 'Start', plainData: '{"FV":"1.0","RD":[]}', signedData: record },
        { nature: 'End', plainData: '{"FV":"1.0","RD":[]}', signedData: record },
      ],
    });
  });
});
