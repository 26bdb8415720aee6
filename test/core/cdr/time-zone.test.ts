import { describe, expect, it } from 'vitest';
import type { CdrBasis } from '../../../core/cdr/compute/cdr-basis.ts';
import { cdrFromReadings } from '../../../core/cdr/compute/cdr-from-readings.ts';
import type { ZoneRecord } from '../../../core/cdr/compute/zone-record.ts';
import { reviewReadings } from '../../../core/cdr/correct/review-readings.ts';
import type { Cdr, CdrContent } from '../../../core/cdr/model/cdr.ts';
import { canonicalJson } from '../../../core/cdr/seal/canonical-json.ts';
import { sealCdr } from '../../../core/cdr/seal/seal-cdr.ts';
import { verifyCdr } from '../../../core/cdr/verify/verify-cdr.ts';
import type { Session } from '../../../core/session/session.ts';
import type { Tariff } from '../../../core/tariff/model/tariff.ts';
import { timeZoneVersion } from '../../../core/units/zone-table.ts';
import { startedEvent, stoppedEvent } from '../session/session-samples.ts';
import { rules, sessionOf, stored, tariff } from './cdr-samples.ts';

/** 1 EUR per kWh, and 2 EUR from noon to midnight: the session is from 10:00 to 11:00 in UTC. */
const noonTariff: Tariff = {
  ...tariff,
  elements: [
    {
      priceComponents: [{ type: 'ENERGY', price: '2', stepSize: 0 }],
      restrictions: { startTime: '12:00', endTime: '24:00' },
    },
    { priceComponents: [{ type: 'ENERGY', price: '1', stepSize: 0 }] },
  ],
};

const sessionIn = (timeZone: string): Session => ({
  ...sessionOf(startedEvent(), stoppedEvent()),
  timeZone,
});
const berlin = sessionIn('Europe/Berlin');
const priced = (session: Session, by: Tariff, basis: CdrBasis = {}): CdrContent =>
  cdrFromReadings(session, by, stored, rules, basis);

const record = (minutes: number): ZoneRecord => ({
  version: '2020a',
  offsets: [{ from: '2026-02-01T00:00:00.000Z', minutes }],
  until: '2026-04-01T00:00:00.000Z',
});

const signature = 'MAYCAQECAQE=';
const key = { source: 'given', publicKey: '', verify: () => true } as const;
const sealed = (content: CdrContent): Cdr => ({
  ...content,
  state: 'sealed',
  seal: { ...sealCdr(canonicalJson(content), undefined, 'key1'), signature },
});
const verdictOn = (content: CdrContent) =>
  verifyCdr(sealed(content), { readings: stored, rules, key });
const zoneCheck = (content: CdrContent) =>
  verdictOn(content).checks.find(({ check }) => check === 'time-zone');

describe('the local time of a CDR', () => {
  it('a CDR whose tariff looks at the clock records the offsets that it was priced by, and the version of their data', () => {
    expect(priced(berlin, noonTariff).evidence.basis.timeZoneData).toEqual({
      version: timeZoneVersion,
      offsets: [{ from: '2026-02-28T10:00:00.000Z', minutes: 60 }],
      until: '2026-03-04T11:00:00.000Z',
    });
    expect(priced(berlin, noonTariff).total?.exclVat).toBe('7.00');
  });

  it('a CDR whose price needs no local time records none', () => {
    expect(priced(berlin, tariff).evidence.basis.timeZoneData).toBeUndefined();
    expect(zoneCheck(priced(berlin, tariff))).toBeUndefined();
  });

  it('a CDR with times without a zone records the offsets that they were read by', () => {
    const local = { startedAt: '2026-03-02T11:00:00', receivedAt: '2026-03-02T10:00:01.000Z' };
    const session = { ...berlin, start: { ...startedEvent().start, ...local } };
    const content = priced(session, tariff);
    expect(content.anomalies.map(({ code }) => code)).toContain('TS_NO_TZ');
    expect(content.startedAt).toBe('2026-03-02T10:00:00.000Z');
    expect(content.evidence.basis.timeZoneData?.offsets).toHaveLength(1);
    expect(verdictOn(content).valid).toBe(true);
  });

  it('a CDR is priced and verified by the offsets that it records, whatever ours are, and verification says so', () => {
    const content = priced(berlin, noonTariff, { timeZoneData: record(120) });

    expect(content.total?.exclVat).toBe('14.00');
    expect(content.timeZone).toBe('Europe/Berlin');
    expect(verdictOn(content).valid).toBe(true);
    expect(zoneCheck(content)).toEqual({
      check: 'time-zone',
      outcome: 'passed',
      message: `The CDR was priced with other offsets of Europe/Berlin, of data 2020a, than data ${timeZoneVersion} has: it stands as it was sealed.`,
    });
    expect(zoneCheck(priced(berlin, noonTariff))?.message).toBe(
      `The offsets of Europe/Berlin are those of data ${timeZoneVersion}.`,
    );
  });

  it('other offsets than those recorded give another price, so that they cannot be changed afterwards', () => {
    const content = priced(berlin, noonTariff);
    const basis = { ...content.evidence.basis, timeZoneData: record(120) };
    const changed = { ...content, evidence: { ...content.evidence, basis } };
    const { valid, checks } = verdictOn(changed);
    expect(valid).toBe(false);
    expect(checks.filter(({ outcome }) => outcome === 'failed').map(({ check }) => check)).toEqual([
      'content',
    ]);
  });

  it('offsets that do not cover the session are not used', () => {
    const early = { ...record(120), until: '2026-03-02T10:30:00.000Z' };
    const late = { ...record(120), offsets: [{ from: '2026-03-02T10:30:00.000Z', minutes: 120 }] };
    for (const timeZoneData of [early, late]) {
      expect(priced(berlin, noonTariff, { timeZoneData })).toEqual(priced(berlin, noonTariff));
      expect(priced(berlin, tariff, { timeZoneData })).toEqual(priced(berlin, tariff));
    }
  });

  it('malformed offsets fail verification without crashing it', () => {
    const timeZoneData = { ...record(60), offsets: [{ from: 'yesterday', minutes: 60 }] };
    const content = priced(berlin, noonTariff);
    const evidence = { ...content.evidence, basis: { timeZoneData } };
    expect(zoneCheck({ ...content, evidence })?.outcome).toBe('failed');
    const unknown = { ...priced(berlin, noonTariff, { timeZoneData: record(60) }), timeZone: 'x' };
    expect(zoneCheck(unknown)?.outcome).toBe('failed');
  });

  it('late readings are priced by the offsets of the CDR that they correct', () => {
    const content = priced(berlin, noonTariff, { timeZoneData: record(120) });
    const readings = { counted: stored, all: stored };
    expect(reviewReadings(content, readings, rules)).toEqual({ kind: 'same' });
  });
});
