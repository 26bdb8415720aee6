import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  type CheckedRecord,
  checkSignedValues,
  type DeliveredValue,
} from '../../../core/ocmf/check-signed-values.ts';
import { refusedByTransparenzsoftware } from '../../../core/ocmf/remarks.ts';
import type { SignedPair } from '../../../core/ocmf/signed-pair-of.ts';
import type { PublicKeyText } from '../../../core/ocmf/verify-ocmf.ts';
import { formatKwh } from '../../../core/units/format-kwh.ts';

type Input = {
  readonly about: string;
  /** Signed values as the charger sent them. */
  readonly values: readonly string[];
  /** The registered keys. */
  readonly keys: readonly PublicKeyText[];
};

const root = join(import.meta.dirname, '../../golden/ocmf');
const folders = readdirSync(root);
const read = (...path: readonly string[]): unknown =>
  JSON.parse(readFileSync(join(root, ...path), 'utf8'));

const cases = folders.map((name) => ({ name, ...(read(name, 'input.json') as Input) }));

const delivered = (value: string): DeliveredValue => ({ value });

const shownRecord = ({ format, verdict, publicKey }: CheckedRecord) => {
  const refused = refusedByTransparenzsoftware(verdict.remarks);
  return {
    format,
    verdict: verdict.kind,
    ...('reason' in verdict && { reason: verdict.reason }),
    remarks: verdict.remarks,
    ...(refused.length > 0 && { refused }),
    ...(publicKey !== undefined && { withKey: true }),
  };
};

const shownPair = (pair: SignedPair) =>
  pair.kind === 'no-pair'
    ? { problems: pair.problems }
    : {
        startKwh: formatKwh(pair.start.register),
        stopKwh: formatKwh(pair.stop.register),
        energyKwh: formatKwh(pair.energy),
        time: pair.time,
      };

describe('golden cases of signed values', () => {
  it('there are more than 40 golden cases of signed values, each with input and expectation', () => {
    expect(folders.length).toBeGreaterThan(40);
    for (const name of folders) {
      expect(readdirSync(join(root, name)).sort()).toEqual(['expected.json', 'input.json']);
    }
  });

  it('the golden cases of signed values cover every outcome of real records', () => {
    const outcomes = cases.flatMap(({ values, keys }) =>
      checkSignedValues(values.map(delivered), () => keys).records.map(({ verdict }) =>
        [
          verdict.kind,
          'reason' in verdict && verdict.reason,
          'signatureForm' in verdict && verdict.signatureForm,
        ]
          .filter(Boolean)
          .join(' '),
      ),
    );

    expect(outcomes).toEqual(
      expect.arrayContaining([
        'unverified KEY_MISSING',
        'invalid SIGNATURE_DOES_NOT_MATCH',
        'valid der',
        'valid raw',
        'valid der-malformed-integer',
      ]),
    );
  });

  it.each(cases)(
    'the golden case $name has its expected verdicts: $about',
    ({ name, values, keys }) => {
      const checked = checkSignedValues(values.map(delivered), () => keys);

      expect({ records: checked.records.map(shownRecord), pair: shownPair(checked.pair) }).toEqual(
        read(name, 'expected.json'),
      );
    },
  );

  it.each(cases)(
    'the golden case $name gives metering its verified pair, if any',
    ({ values, keys }) => {
      const { pair, verified } = checkSignedValues(
        [...values, ...values].reverse().map(delivered),
        () => keys,
      );

      if (pair.kind === 'no-pair') return expect(verified).toBeUndefined();
      expect(verified).toEqual({
        start: { register: pair.start.register, at: pair.start.at, signed: pair.start.record.text },
        stop: { register: pair.stop.register, at: pair.stop.at, signed: pair.stop.record.text },
      });
    },
  );
});
