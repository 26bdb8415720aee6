import { describe, expect, it } from 'vitest';
import { keysThatCount } from '../../../core/cdr/verify/check-meter-values.ts';
import { newSigner } from '../ocmf/sign-record.ts';
import { codes, endsMessage, registered, signedContent, signedEnds } from './signed-samples.ts';

const ends = signedEnds();
const whole = endsMessage(ends);

/** The connector of the sample session. */
const second = { evseId: 2, connectorId: 2 };

describe('a registered key', () => {
  const from = (validFrom: string) => ({ meterKeys: [registered({ validFrom })] });
  const until = (validUntil: string) => ({ meterKeys: [registered({ validUntil })] });

  it.each([
    ['for the connector', { meterKeys: [registered({ connector: second })] }, 'signed'],
    [
      'for another connector',
      { meterKeys: [registered({ connector: { evseId: 1, connectorId: 1 } })] },
      'register',
    ],
    [
      'for the same connector of another EVSE',
      { meterKeys: [registered({ connector: { evseId: 1, connectorId: 2 } })] },
      'register',
    ],
    ['for the meter, in any case', { meterKeys: [registered({ meterSerial: ' m-1 ' })] }, 'signed'],
    ['for another meter', { meterKeys: [registered({ meterSerial: 'M-2' })] }, 'register'],
    ['from the time of the start on', from('2026-03-02T10:00:00.000Z'), 'signed'],
    ['from a moment later on', from('2026-03-02T10:00:00.001Z'), 'register'],
    ['until after the stop', until('2026-03-02T11:00:00.001Z'), 'signed'],
    ['until the stop', until('2026-03-02T11:00:00.000Z'), 'register'],
  ])('a registered key %s applies only there and then', (_about, basis, quality) => {
    const content = signedContent([whole], basis);

    expect(content.evidence.quality).toBe(quality);
    expect(content.total).not.toBeNull();
  });

  it('a registered key is found among those of other meters', () => {
    const others = [1, 2, 3].map(() => registered({}, newSigner('secp256r1')));
    const content = signedContent([whole], { meterKeys: [...others, registered()] });

    expect(content.evidence.quality).toBe('signed');
    expect(content.evidence.signedValues?.map(({ verdict }) => verdict.meterKeyId)).toEqual(
      Array(2).fill(registered().meterKeyId),
    );
  });

  it('a registered key that does not fit the signature disproves the record', () => {
    const content = signedContent([whole], { meterKeys: [registered({}, newSigner('secp256r1'))] });

    expect(codes(content)).toEqual(['SIGNED_INVALID']);
  });
});

describe('of all keys of a charger', () => {
  const all = [1, 2, 3].map((connectorId) => registered({ connector: { evseId: 2, connectorId } }));
  const values = ends.map((value) => ({ value }));

  it('a CDR keeps the keys that apply to its records, ordered by id', () => {
    const any = [
      registered(),
      registered({ meterSerial: 'M-1' }),
      registered({ meterSerial: 'M-2' }),
    ];
    const counting = keysThatCount([...all, ...any], values, second);

    expect(counting).toHaveLength(3);
    expect(keysThatCount([...any, ...all.toReversed()], values, second)).toEqual(counting);
    expect(counting.map(({ connector }) => connector ?? second)).toEqual([second, second, second]);
  });

  it('a CDR keeps no key for records that are not verified', () => {
    expect(keysThatCount(all, [{ value: 'AP;0;3;ABCDEFGHIJKLMNOPQRST' }], second)).toEqual([]);
    expect(keysThatCount(all, [], second)).toEqual([]);
  });
});
