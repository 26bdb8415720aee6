import { describe, expect, it } from 'vitest';
import { goldenContext, goldenValue } from '../../../../build/ocpi/golden-objects.ts';
import { receiveCdr, type SpokenCdr } from '../../../../core/ocpi/check/receive-cdr.ts';
import type { PartnerCdr } from '../../../../core/ocpi/model/cdr.ts';
import { allTranslators } from '../../../../core/ocpi/partner/all-translators.ts';
import { ocpiVersions } from '../../../../core/ocpi/partner/ocpi-versions.ts';
import type { OcpiVersion } from '../../../../core/ocpi/translators.ts';

const cdr = goldenValue({ name: 'cdr', kind: 'cdr' }) as PartnerCdr;
const context = goldenContext('cdr');
const place = context.location;

const spokenIn = (version: OcpiVersion): SpokenCdr => {
  const pair = allTranslators[version].cdr;
  if (pair === undefined) throw new Error(`${version} has CDRs`);
  return { pair, context };
};

/** The CDR as a partner of a version sends it. */
const saidIn = (version: OcpiVersion, said: PartnerCdr): PartnerCdr => {
  const { pair } = spokenIn(version);
  const written = pair.to(said, context);
  const read = written.kind === 'translated' ? pair.from(written.object, context) : undefined;
  if (read?.kind !== 'received') throw new Error('not a CDR');
  return read.value;
};

const sent = (one: PartnerCdr) => ({ cdr: one, ...(place === undefined ? {} : { place }) });

const arrival = (received: PartnerCdr, held?: PartnerCdr, version: OcpiVersion = '2.3.0') =>
  receiveCdr(sent(received), held && sent(held), spokenIn(version));

describe('the arrival of a CDR', () => {
  it.each(ocpiVersions)(
    'the same CDR of %s again changes nothing, whenever it was written',
    (version) => {
      const held = saidIn(version, cdr);
      expect(arrival(held, undefined, version).kind).toBe('new');
      const later = { ...held, lastUpdated: '2026-03-12T00:00:00.000Z' };
      expect(arrival(later, held, version).kind).toBe('repeated');
    },
  );

  it('a CDR becomes no credit by coming again: only of a negative total it is agreed later that it is one', () => {
    const negative = { ...cdr, totalCost: { exclVat: '-9.27' } };
    expect(arrival({ ...negative, credit: true }, negative).kind).toBe('repeated');
    expect(arrival(negative, { ...negative, credit: true }).kind).toBe('repeated');
    expect(arrival({ ...cdr, credit: true }, cdr)).toEqual({
      kind: 'contradicts',
      paths: ['credit'],
    });
    expect(arrival(cdr, { ...cdr, credit: true }).kind).toBe('contradicts');
  });

  const token = { ...cdr.cdrToken, contractId: 'DE-EMS-C00000018-X' };
  const [first, ...others] = cdr.chargingPeriods;
  const contradictions: readonly (readonly [
    string,
    Partial<PartnerCdr>,
    Readonly<Record<OcpiVersion, string>>,
  ])[] = [
    [
      'driver',
      { cdrToken: token },
      {
        '2.1.1': 'auth_id',
        '2.2.1': 'cdr_token.contract_id',
        '2.3.0': 'cdr_token.contract_id',
      },
    ],
    [
      'end',
      { endDateTime: '2026-03-11T21:00:00.000Z' },
      { '2.1.1': 'stop_date_time', '2.2.1': 'end_date_time', '2.3.0': 'end_date_time' },
    ],
    [
      'total',
      { totalCost: { ...cdr.totalCost, exclVat: '10.27' } },
      {
        '2.1.1': 'total_cost',
        '2.2.1': 'total_cost.excl_vat',
        '2.3.0': 'total_cost.before_taxes total_cost.taxes[0].amount',
      },
    ],
    [
      'EVSE',
      { location: { ...cdr.location, evseId: 'DE*JNA*E9' } },
      {
        '2.1.1': 'location.evses[0].evse_id',
        '2.2.1': 'cdr_location.evse_id',
        '2.3.0': 'cdr_location.evse_id',
      },
    ],
    [
      'first period',
      {
        chargingPeriods: [
          ...(first === undefined ? [] : [{ ...first, startDateTime: '2026-03-11T18:00:00.000Z' }]),
          ...others,
        ],
      },
      {
        '2.1.1': 'charging_periods[0].start_date_time',
        '2.2.1': 'charging_periods[0].start_date_time',
        '2.3.0': 'charging_periods[0].start_date_time',
      },
    ],
  ];
  it.each(
    contradictions.flatMap(([what, change, paths]) =>
      ocpiVersions.map((version) => ({ what, change, version, path: paths[version] })),
    ),
  )('another $what contradicts in $version by $path', ({ change, version, path }) => {
    const held = saidIn(version, cdr);
    const other = saidIn(version, { ...cdr, ...change });
    expect(arrival(other, held, version)).toEqual({ kind: 'contradicts', paths: path.split(' ') });
  });

  it('a digit that is rounded away on the way contradicts by its field all the same', () => {
    const totalEnergy = `${cdr.totalEnergy}${cdr.totalEnergy.includes('.') ? '' : '.'}0000000001`;
    expect(arrival({ ...cdr, totalEnergy }, cdr)).toEqual({
      kind: 'contradicts',
      paths: ['total_energy'],
    });
  });

  it.each(ocpiVersions)(
    'a CDR that came in 2.3.0 and comes again in %s, which its partner speaks by now, is the same unless what that says differs',
    (version) => {
      expect(arrival(saidIn(version, cdr), cdr, version).kind).toBe('repeated');
      const dearer = { ...cdr, totalCost: { ...cdr.totalCost, exclVat: '9.28' } };
      const other = arrival(saidIn(version, dearer), cdr, version);
      expect(other).toMatchObject({
        kind: 'contradicts',
        paths: expect.arrayContaining([expect.stringContaining('total_cost')]),
      });
    },
  );
});
