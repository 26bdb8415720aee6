import '../quiet.ts';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkSignedValues } from '../../../core/ocmf/check-signed-values.ts';
import { formatKwh } from '../../../core/units/format-kwh.ts';
import { isoInstant } from '../../../core/units/instant.ts';
import { type TestSite, verdictOn } from '../test-site.ts';
import { charge, openSignedSite, sample } from './signed-plant.ts';

let site: TestSite;

beforeAll(async () => {
  site = await openSignedSite();
});

afterAll(async () => {
  await site.close();
});

type RealRecord = {
  readonly source_file: string;
  readonly record: string;
  readonly public_key: string;
  readonly key_encoding: string;
};

const file = join(import.meta.dirname, '../../../../shared/data/ocmf/records.jsonl');
const isHere = existsSync(file);

describe.skipIf(!isHere)('real meters (skipped: ../shared/data/ocmf is not here)', () => {
  const records = isHere
    ? readFileSync(file, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as RealRecord)
    : [];

  it.each([
    ['fromweb.xml', '0.0001'],
    ['ocmf-compleo-daten.xml', '0.268'],
    ['VW_OCMF_load.xml', '1.101'],
    ['chargepoint_3.xml', '1.304'],
    ['Ocmf_Example_OBIS_98.8.0_2.8.0.xml', '1'],
    ['test_ocmf_ebee_01.xml', '0'],
    ['brainpoolP256r1.xml', '0'],
  ])('a real meter is billed by its own records: %s, %s kWh', async (source, kwh) => {
    const ofFile = records.filter(({ source_file }) => source_file === source);
    // Compleo's file has a whole session in each record.
    const session = source.includes('compleo') ? ofFile.slice(0, 1) : ofFile;
    const [first] = session;
    if (first === undefined) throw new Error(`no record of ${source}`);
    const values = session.map(({ record: value }) => ({ value }));
    const { pair } = checkSignedValues(values, () => [{ text: first.public_key }]);
    if (pair.kind !== 'pair') throw new Error(`no pair in ${source}`);
    const charger = await site.register();
    const keyForm = { publicKey: first.public_key, encoding: first.key_encoding };
    await site.call('POST', `/chargers/${charger}/meter-keys`, keyForm);
    const whole = session.map(
      ({ record: text }) => `<value><signedData>${text}</signedData></value>`,
    );

    const cdr = await charge(site, charger, {
      from: isoInstant(pair.start.at),
      to: isoInstant(pair.stop.at),
      fromWh: Number(pair.start.register / 1000n),
      toWh: Number(pair.stop.register / 1000n),
      end: sample(`<values>${whole.join('')}</values>`, 'Transaction.End', {}),
    });

    expect(formatKwh(pair.energy)).toBe(kwh);
    expect(cdr).toMatchObject({
      state: 'sealed',
      energyKwh: Number(kwh),
      evidence: { quality: 'signed' },
    });
    expect((await verdictOn(site, cdr)).valid).toBe(true);
  });
});
