import { describe, expect, it } from 'vitest';
import { goldenContext, goldenValue } from '../../../../build/ocpi/golden-objects.ts';
import { judgeCdr } from '../../../../core/ocpi/check/judge-cdr.ts';
import { pathInWords } from '../../../../core/ocpi/check/path-in-words.ts';
import type { PartnerCdr } from '../../../../core/ocpi/model/cdr.ts';
import { allTranslators } from '../../../../core/ocpi/partner/all-translators.ts';
import { ocpiVersions } from '../../../../core/ocpi/partner/ocpi-versions.ts';
import { plainJson } from '../../../lambdas/ocpi/golden-document.ts';

const cdr = goldenValue({ name: 'cdr', kind: 'cdr' }) as PartnerCdr;
const [period] = cdr.chargingPeriods;
const wrong = { exclVat: '99', inclVat: '199' };
const nothing = { tariffs: [], otherCredits: [], billedBefore: [], possibleSessions: [] };

/** Verdicts that have each difference which depends on a field of its own. */
const verdicts = [
  judgeCdr(
    {
      ...{ ...cdr, totalCost: wrong, totalFixedCost: wrong, totalEnergyCost: wrong },
      ...{ totalTimeCost: wrong, totalParkingCost: wrong, totalEnergy: '99', totalTime: '99' },
      totalParkingTime: '99',
      chargingPeriods: [
        ...cdr.chargingPeriods.slice(1),
        ...(period === undefined ? [] : [{ ...period, startDateTime: '2020-01-01T00:00:00.000Z' }]),
      ],
    },
    {
      ...{ ...nothing, isOurToken: false, billedBefore: ['A'], possibleSessions: ['A', 'B'] },
      session: {
        ...{ ...cdr, id: 'S', kwh: '1', currency: 'XXX', status: 'COMPLETED', totalCost: wrong },
        ...{ cdrToken: { ...cdr.cdrToken, contractId: 'OTHER' }, locationId: 'OTHER' },
        ...{ evseUid: 'OTHER', connectorId: 'OTHER' },
      },
    },
  ),
  judgeCdr({ ...cdr, credit: true, totalCost: wrong }, { ...nothing, isOurToken: true }),
  judgeCdr(
    { ...cdr, credit: true, creditReferenceId: 'OTHER' },
    {
      ...{ ...nothing, isOurToken: true, otherCredits: ['A', 'B'] },
      original: { ...cdr, currency: 'XXX', cdrToken: { ...cdr.cdrToken, contractId: 'OTHER' } },
    },
  ),
];

const paths = [
  ...new Set(verdicts.flatMap(({ differences }) => differences.map(({ path }) => path))),
];

/** The value at a path of a document; undefined where there is none. */
const at = (document: unknown, path: string): unknown =>
  path
    .split(/[.[\]]+/)
    .filter((step) => step !== '')
    .reduce<unknown>(
      (value, step) =>
        typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined,
      document,
    );

describe('the path of a difference of a CDR', () => {
  it.each(ocpiVersions)('a partner of OCPI %s finds it in the CDR that it sent', (version) => {
    const { cdr: pair } = allTranslators[version];
    const said = pair?.to(
      {
        ...{ ...cdr, totalFixedCost: wrong, totalEnergyCost: wrong, totalTimeCost: wrong },
        ...{ totalParkingCost: wrong, creditReferenceId: 'A' },
      },
      { ...goldenContext('cdr'), isEcho: true },
    );
    const document = plainJson(said?.kind === 'translated' ? said.object : null);
    expect(paths.length).toBeGreaterThan(10);
    // 2.1.1 has one total, and no parts of it.
    const said211 = (path: string) => version !== '2.1.1' || !/^total\w+Cost/.test(path);
    for (const path of paths.filter((one) => one.startsWith('totalCost') || said211(one))) {
      expect([path, at(document, pathInWords(path, version))]).toEqual([path, expect.anything()]);
    }
  });

  it('it has the words of each version for the same field', () => {
    const said = (path: string) => ocpiVersions.map((version) => pathInWords(path, version));
    expect(said('totalCost.exclVat')).toEqual([
      ...['total_cost.before_taxes', 'total_cost.excl_vat', 'total_cost'],
    ]);
    expect(said('totalCost.inclVat')).toEqual([
      ...['total_cost.taxes', 'total_cost.incl_vat', 'total_cost'],
    ]);
    expect(said('location.evseUid')).toEqual([
      ...['cdr_location.evse_uid', 'cdr_location.evse_uid', 'location.evses[0].uid'],
    ]);
    expect(said('chargingPeriods[3].startDateTime')).toEqual(
      Array.from({ length: 3 }, () => 'charging_periods[3].start_date_time'),
    );
  });
});
