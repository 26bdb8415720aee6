import { describe, expect, it } from 'vitest';
import { isMeterKeyId } from '../../../core/ocmf/is-meter-key-id.ts';
import { keyCounts, type MeterKeyTerms, meterKeyIdOf } from '../../../core/ocmf/meter-key.ts';
import { parseOcmf } from '../../../core/ocmf/parse-ocmf.ts';
import { pointsOfKey } from '../../../core/ocmf/read-public-key.ts';
import {
  compressedPointOf,
  curveNames,
  newSigner,
  pointOf,
  samplePayload,
  sampleReading,
  signedRecord,
} from './sign-record.ts';

const signer = newSigner('secp256r1');
const first = { evseId: 1, connectorId: 1 };
const publicKey = signer.spki.toString('hex');

const parsed = (fields: object = {}) => {
  const read = parseOcmf(signedRecord(signer, samplePayload(fields)));
  if (read.kind !== 'record') throw new Error('no record');
  return read.record;
};

describe('pointsOfKey', () => {
  it.each(curveNames)(
    'pointsOfKey identifies the curve of a key on %s unless the key is compressed',
    (curve) => {
      const meter = newSigner(curve);
      const curvesOf = (text: string) => pointsOfKey(text).map((each) => each.curve);

      expect(curvesOf(meter.spki.toString('hex'))).toEqual([curve]);
      expect(curvesOf(meter.spki.toString('base64'))).toEqual([curve]);
      expect(curvesOf(pointOf(meter).toString('hex'))).toEqual([curve]);
      expect(curvesOf(compressedPointOf(meter).toString('hex'))).toContain(curve);
    },
  );

  it('pointsOfKey finds no curve for text that is not a key', () => {
    for (const text of ['', 'hello', '00'.repeat(64), '04', publicKey.slice(0, -2)]) {
      expect([text, pointsOfKey(text)]).toEqual([text, []]);
    }
  });
});

describe('meterKeyIdOf', () => {
  const idOf = (terms: Partial<MeterKeyTerms> = {}, charger = 'cp-1') =>
    meterKeyIdOf(charger, { publicKey, ...terms });

  it('meterKeyIdOf returns the same id for the same key in any encoding', () => {
    const printed = (publicKey.toUpperCase().match(/.{1,4}/g) ?? []).join(' ');
    const forms = [printed, signer.spki.toString('base64'), pointOf(signer).toString('hex')];

    expect(isMeterKeyId(idOf() ?? '')).toBe(true);
    for (const form of forms) expect(idOf({ publicKey: form })).toBe(idOf());
    expect(idOf({ encoding: 'hex' })).toBe(idOf());
    expect(idOf({ meterSerial: ' M-1' })).toBe(idOf({ meterSerial: 'm-1 ' }));
  });

  it('meterKeyIdOf returns another id for another charger, connector, meter, validity or key', () => {
    const ids = [
      idOf(),
      idOf({}, 'cp-2'),
      idOf({ connector: first }),
      idOf({ connector: { evseId: 2, connectorId: 1 } }),
      idOf({ meterSerial: '1' }),
      idOf({ validFrom: '2026-01-01T00:00:00.000Z' }),
      idOf({ validUntil: '2026-01-01T00:00:00.000Z' }),
      idOf({ publicKey: newSigner('secp256r1').spki.toString('hex') }),
    ];

    expect(new Set(ids).size).toBe(ids.length);
  });

  it('meterKeyIdOf and isMeterKeyId reject text that is not a key or an id', () => {
    expect(idOf({ publicKey: 'hello' })).toBeUndefined();
    for (const text of ['', 'mk_', `mk_${'g'.repeat(26)}`, `mk_${'0'.repeat(27)}`]) {
      expect(isMeterKeyId(text)).toBe(false);
    }
  });
});

describe('keyCounts', () => {
  const counts = (terms: Partial<MeterKeyTerms>, record = parsed(), connector = first) =>
    keyCounts({ publicKey, ...terms }, record, connector);

  it('a key counts for records of its connector and its meter', () => {
    expect(counts({})).toBe(true);
    expect(counts({ connector: first })).toBe(true);
    expect(counts({ connector: { evseId: 1, connectorId: 2 } })).toBe(false);
    expect(counts({ connector: { evseId: 2, connectorId: 1 } })).toBe(false);
    expect(counts({ meterSerial: 'm-1 ' })).toBe(true);
    expect(counts({ meterSerial: 'M-2' })).toBe(false);
    expect(counts({ meterSerial: 'g-1' }, parsed({ MS: undefined }))).toBe(true);
    expect(counts({ meterSerial: 'm-1' }, parsed({ MS: undefined, GS: undefined }))).toBe(false);
  });

  it('a key counts for records whose times all lie in its validity', () => {
    // 10:00 and 11:00 in +01:00.
    const [first, last] = ['2026-03-02T09:00:00.000Z', '2026-03-02T10:00:00.000Z'];

    expect(counts({ validFrom: first })).toBe(true);
    expect(counts({ validFrom: '2026-03-02T09:00:00.001Z' })).toBe(false);
    expect(counts({ validUntil: last })).toBe(false);
    expect(counts({ validUntil: '2026-03-02T10:00:00.001Z' })).toBe(true);
    const timeless = parsed({ RD: [sampleReading('B', 10, '1', { TM: 'noon' })] });
    expect(counts({}, timeless)).toBe(true);
    expect(counts({ validFrom: first }, timeless)).toBe(false);
  });

  it('a key counts for an unreadable record by its connector alone', () => {
    const terms = { publicKey, meterSerial: 'M-2', validFrom: '2026-03-02T09:00:00.001Z' };

    expect(keyCounts(terms, undefined, first)).toBe(true);
    expect(
      keyCounts({ ...terms, connector: { evseId: 2, connectorId: 2 } }, undefined, first),
    ).toBe(false);
  });
});
