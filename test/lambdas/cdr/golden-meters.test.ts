import '../quiet.ts';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkSignedValues } from '../../../core/ocmf/check-signed-values.ts';
import type { PublicKeyText } from '../../../core/ocmf/verify-ocmf.ts';
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

type Input = { readonly values: readonly string[]; readonly keys: readonly PublicKeyText[] };

const root = join(import.meta.dirname, '../../golden/ocmf');

/** The golden cases that have a start and a stop which verify, in at most one value for each end. */
const cases = readdirSync(root).flatMap((name) => {
  const { values, keys } = JSON.parse(
    readFileSync(join(root, name, 'input.json'), 'utf8'),
  ) as Input;
  const { pair } = checkSignedValues(
    values.map((value) => ({ value })),
    () => keys,
  );
  const isShort = values.length <= 2 && keys.length === 1;
  return pair.kind === 'pair' && isShort ? [{ name, values, keys, pair }] : [];
});

describe('meters of every kind that signs', () => {
  it('the golden meters show each way in which signed records arrive', () => {
    expect(cases.length).toBeGreaterThan(10);
  });

  it.each(cases)('$name is billed by its own records', async ({ values, keys, pair }) => {
    const charger = await site.register();
    const [key] = keys;
    const keyForm = { publicKey: key?.text, encoding: key?.encoding };
    const registered = await site.call('POST', `/chargers/${charger}/meter-keys`, keyForm);
    const [begin, end] = values.length === 1 ? [undefined, values[0]] : values;

    const cdr = await charge(site, charger, {
      from: isoInstant(pair.start.at),
      to: isoInstant(pair.stop.at),
      fromWh: Number(pair.start.register / 1000n),
      toWh: Number(pair.stop.register / 1000n),
      ...(begin !== undefined && { begin: sample(begin, 'Transaction.Begin', {}) }),
      end: sample(end ?? '', 'Transaction.End', {}),
    });

    expect(registered.status).toBe(201);
    expect(cdr).toMatchObject({
      state: 'sealed',
      energyKwh: Number(formatKwh(pair.energy)),
      evidence: { quality: 'signed' },
    });
    expect((await verdictOn(site, cdr)).valid).toBe(true);
  });
});
