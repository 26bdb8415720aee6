import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkSignedValues } from '../../../core/ocmf/check-signed-values.ts';
import type { KeyEncoding } from '../../../core/ocmf/read-public-key.ts';
import { verifyOcmf } from '../../../core/ocmf/verify-ocmf.ts';
import { formatKwh } from '../../../core/units/format-kwh.ts';

type RealRecord = {
  readonly source_file: string;
  readonly index: number;
  readonly transactionId: string | null;
  readonly record: string;
  readonly public_key: string | null;
  readonly key_encoding: KeyEncoding | null;
  readonly sa: string | null;
  readonly sig_format: 'der' | 'raw-r||s' | 'none-verifies' | 'no-key';
  readonly verify_node_strict_der: boolean | null;
  readonly verify_lenient: boolean | null;
};

const file = join(import.meta.dirname, '../../../../shared/data/ocmf/records.jsonl');
const isHere = existsSync(file);
const records = isHere
  ? readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as RealRecord)
  : [];

const keyOf = ({ public_key, key_encoding }: RealRecord, encoding = key_encoding) =>
  public_key === null ? undefined : { text: public_key, encoding: encoding ?? 'auto' };

/** The verdict that is stated beside a record. */
const stated = (record: RealRecord) => {
  if (record.public_key === null) return { kind: 'unverified', reason: 'KEY_MISSING' };
  if (record.verify_lenient !== true)
    return { kind: 'invalid', reason: 'SIGNATURE_DOES_NOT_MATCH' };
  if (record.verify_node_strict_der === true) return { kind: 'valid', signatureForm: 'der' };
  const isRaw = record.sig_format === 'raw-r||s';
  return { kind: 'valid', signatureForm: isRaw ? 'raw' : 'der-malformed-integer' };
};

const title = ({ source_file, index, sa }: RealRecord) => `${source_file} ${index} (${sa})`;

describe.skipIf(!isHere)(
  'records of real meters (skipped: ../shared/data/ocmf is not here)',
  () => {
    it.each(records.map((record) => [title(record), record] as const))(
      'the record %s has its stated verdict',
      (_title, record) => {
        expect(verifyOcmf(record.record, keyOf(record))).toMatchObject(stated(record));
        expect(verifyOcmf(record.record, keyOf(record, 'auto'))).toMatchObject(stated(record));
        expect(verifyOcmf(Buffer.from(record.record), keyOf(record))).toMatchObject(stated(record));
      },
    );

    it('the records of real meters cover every outcome', () => {
      const outcomes = records.map((record) => JSON.stringify(stated(record)));

      expect(new Set(outcomes).size).toBe(5);
    });

    it.each([
      ['fromweb.xml', '0.0001', 'duration'],
      ['ocmf-compleo-daten.xml', '0.268', 'none'],
      ['VW_OCMF_load.xml', '1.101', 'duration'],
      ['chargepoint_3.xml', '1.304', 'none'],
      ['Ocmf_Example_OBIS_98.8.0_2.8.0.xml', '1', 'none'],
      ['ocmf_sec.xml', '0', 'none'],
      ['test_ocmf_ebee_01.xml', '0', 'duration'],
      ['brainpoolP256r1.xml', '0', 'clock'],
    ])('the records in %s are a session of %s kWh', (source, energyKwh, time) => {
      const session = records.filter(({ source_file }) => source_file === source);
      // Compleo's file has a whole session in each record.
      const values = (source.includes('compleo') ? session.slice(0, 1) : session).map(
        ({ record }) => ({ value: record }),
      );
      const keys = session.flatMap((record) => keyOf(record) ?? []);

      const { pair } = checkSignedValues(values, () => keys);

      expect(pair).toMatchObject({ kind: 'pair', time });
      expect(pair.kind === 'pair' && formatKwh(pair.energy)).toBe(energyKwh);
    });
  },
);
