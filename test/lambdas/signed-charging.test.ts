import './quiet.ts';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Cdr } from '../../core/cdr/cdr.ts';
import type { StoredReading } from '../../core/cdr/stored-reading.ts';
import { verifyCdr } from '../../core/cdr/verify-cdr.ts';
import { checkSignedValues } from '../../core/ocmf/check-signed-values.ts';
import { understand } from '../../core/ocpp/understand.ts';
import { priceSession } from '../../core/tariff/price-session.ts';
import { formatKwh } from '../../core/units/format-kwh.ts';
import { isoInstant } from '../../core/units/instant.ts';
import { readKeysFor } from '../../lambdas/cdr/read-meter-keys.ts';
import { readSession } from '../../lambdas/store/sessions.ts';
import { openDatabase, type TestDatabase } from '../contracts/engines.ts';
import { newSigner, samplePayload, sampleReading, signedRecord } from '../core/ocmf/sign-record.ts';
import { countRequests } from './count-requests.ts';
import {
  type Body,
  keptReadings,
  newOperator,
  plugIn,
  settle,
  type TestOperator,
  verifyTestSignature,
} from './plant.ts';

let database: TestDatabase;
let operator: TestOperator;
let tariffId: unknown;
let strictTariffId: unknown;
let count = 0;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
  operator = await newOperator(database);
  await operator.call('POST', '/tokens', { tokenId: 'TAG1' });
  const form = { name: 'AC', currency: 'EUR', perKwh: '0.50' };
  tariffId = (await operator.call('POST', '/tariffs', form)).body['tariffId'];
  const strict = { ...form, requireSignedValues: true };
  strictTariffId = (await operator.call('POST', '/tariffs', strict)).body['tariffId'];
});

afterAll(async () => {
  await database.stop();
});

const signer = newSigner('secp256k1');
const publicKey = signer.spki.toString('hex');

/** A charger of its own for each test, billed by a tariff. */
const newCharger = async (billedBy: unknown = tariffId): Promise<string> => {
  count += 1;
  const chargerId = `S-${count}`;
  await operator.call('POST', '/chargers', { chargerId, tariffId: billedBy });
  return chargerId.toLowerCase();
};

const registerKey = async (charger: string, form: object = {}): Promise<string> => {
  const path = `/chargers/${charger}/meter-keys`;
  const { status, body } = await operator.call('POST', path, { publicKey, ...form });
  expect(status).toBe(201);
  return String(body['meterKeyId']);
};

/** One signed reading of the meter at a time of 2026-03-02 in UTC, in kWh. */
const record = (transaction: string, time: string, kwh: string, status = 'S'): string => {
  const TM = `2026-03-02T${time}:00,000+0000 ${status}`;
  return signedRecord(signer, samplePayload({ RD: [sampleReading(transaction, 0, kwh, { TM })] }));
};

const wrapped = (text: string): string =>
  JSON.stringify({
    signedMeterData: Buffer.from(text).toString('base64'),
    signingMethod: '',
    encodingMethod: 'OCMF',
    publicKey: '',
  });

type Charged = {
  readonly from?: string;
  readonly to?: string;
  readonly fromWh?: number;
  readonly toWh?: number;
  readonly begin?: object;
  readonly end?: object;
};

const sample = (value: string, context: string, format: object = { format: 'SignedData' }) => ({
  value,
  context,
  ...format,
});

/** Charges from 10:00 to 11:00 and 1 to 8 kWh unless told otherwise, and gives the CDR of the session. */
const charge = async (chargerKey: string, charged: Charged = {}): Promise<Body> => {
  const { fromWh = 1000, toWh = 8000, begin, end } = charged;
  const from = charged.from ?? '2026-03-02T10:00:00Z';
  const to = charged.to ?? '2026-03-02T11:00:00Z';
  const charger = await plugIn(database, chargerKey);
  const { transactionId } = await charger.call('StartTransaction', {
    connectorId: 1,
    idTag: 'TAG1',
    timestamp: from,
    meterStart: fromWh,
  });
  if (begin !== undefined) {
    await charger.call('MeterValues', {
      connectorId: 1,
      transactionId,
      meterValue: [{ timestamp: from, sampledValue: [begin] }],
    });
  }
  await charger.call('StopTransaction', {
    transactionId,
    timestamp: to,
    meterStop: toWh,
    ...(end !== undefined && { transactionData: [{ timestamp: to, sampledValue: [end] }] }),
  });
  await settle(database, chargerKey);
  const list = await operator.call('GET', `/sessions?chargerId=${chargerKey}&limit=1`);
  return await cdrOf(list.body.items?.[0]);
};

const cdrOf = async (session: Body | undefined): Promise<Body> =>
  (await operator.call('GET', `/sessions/${session?.['sessionId']}/cdr`)).body;

const codes = (cdr: Body): readonly unknown[] =>
  (Array.isArray(cdr['anomalies']) ? cdr['anomalies'] : []).map(({ code }) => code);

const signedEnds = (stopKwh = '8.004') => ({
  begin: sample(wrapped(record('B', '10:00', '1.000')), 'Transaction.Begin'),
  end: sample(wrapped(record('E', '11:00', stopKwh)), 'Transaction.End'),
});

/** What whoever gets the CDR and its readings says to it. */
const verdictOn = async (cdr: Body) => {
  const path = `/sessions/${cdr['sessionId']}/readings?late=false`;
  const { items } = (await operator.call('GET', path)).body;
  return verifyCdr(cdr as unknown as Cdr, {
    readings: items as never,
    rules: { read: (reading) => understand('ocpp1.6', reading), price: priceSession },
    verifySignature: verifyTestSignature,
  });
};

describe('a charger whose meter signs', () => {
  it('is billed by its verified values, in a CDR that proves them', async () => {
    const charger = await newCharger();
    const meterKeyId = await registerKey(charger, { connectorId: 1, meterSerial: 'm-1' });
    const cdr = await charge(charger, signedEnds());

    expect(cdr).toMatchObject({
      state: 'sealed',
      energyKwh: 7.004,
      meterStart: { wh: 1000, signed: expect.stringMatching(/^OCMF\|.*"RV":"1.000"/) },
      meterStop: { wh: 8004, signed: expect.stringMatching(/^OCMF\|.*"RV":"8.004"/) },
      total: { exclVat: '3.50' },
      evidence: {
        quality: 'signed',
        basis: { meterKeys: [{ meterKeyId, publicKey, connectorId: 1, meterSerial: 'm-1' }] },
        signedPair: { kind: 'pair', energyKwh: 7.004 },
      },
    });
    expect(codes(cdr)).toEqual([]);
    const verdict = await verdictOn(cdr);
    expect(verdict.valid).toBe(true);
    expect(verdict.checks.map(({ outcome }) => outcome)).not.toContain('failed');
    expect(verdict.checks.find(({ check }) => check === 'signed')?.message).toContain('2 valid');
  });

  it('is held when one digit was forged on the way', async () => {
    const charger = await newCharger();
    await registerKey(charger);
    const { begin } = signedEnds();
    const forged = record('E', '11:00', '8.004').replace('8.004', '9.004');
    const cdr = await charge(charger, { begin, end: sample(wrapped(forged), 'Transaction.End') });

    expect(cdr).toMatchObject({ state: 'held', energyKwh: 7, total: null, seal: null });
    expect(codes(cdr)).toEqual(['SIGNED_INVALID', 'SIGNED_NO_PAIR']);
    expect((await verdictOn(cdr)).valid).toBe(true);
  });

  it('is billed as ever when no key of its meter is registered', async () => {
    const cdr = await charge(await newCharger(), signedEnds());

    expect(cdr).toMatchObject({ state: 'sealed', energyKwh: 7, evidence: { quality: 'register' } });
    expect(codes(cdr)).toEqual(['SIGNED_UNVERIFIED']);
    expect(cdr['evidence']).not.toHaveProperty('basis.meterKeys');
  });

  it('is billed by its values also where it does not say that they are signed', async () => {
    const charger = await newCharger();
    await registerKey(charger);
    const begin = sample(record('B', '10:00', '1.000'), 'Transaction.Begin', {});
    const hex = Buffer.from(record('E', '11:00', '8.004')).toString('hex');
    const cdr = await charge(charger, { begin, end: sample(hex, 'Sample.Periodic', {}) });

    expect(cdr).toMatchObject({ state: 'sealed', energyKwh: 7.004, anomalies: [] });
  });

  it('is held when it sends the signed values of an earlier session again, though no clock tells', async () => {
    const charger = await newCharger();
    const meterKeyId = await registerKey(charger);
    const unsure = {
      begin: sample(record('B', '03:00', '1.000', 'U'), 'Transaction.Begin'),
      end: sample(record('E', '09:00', '8.004', 'U'), 'Transaction.End'),
    };
    const first = await charge(charger, unsure);
    const second = await charge(charger, {
      ...unsure,
      from: '2026-03-02T12:00:00Z',
      to: '2026-03-02T13:00:00Z',
      fromWh: 8004,
      toWh: 8104,
    });

    expect(first).toMatchObject({ state: 'sealed', energyKwh: 7.004 });
    expect(second).toMatchObject({
      state: 'held',
      energyKwh: 0.1,
      evidence: {
        basis: {
          previousSigned: {
            sessionId: first['sessionId'],
            meterSerial: 'M-1',
            meterKeyId,
            wh: 8004,
          },
        },
        signedPair: { stray: ['REGISTER_BEFORE_PREVIOUS'] },
      },
    });
    expect(codes(second)).toContain('SIGNED_OUTSIDE_SESSION');
    expect((await verdictOn(second)).valid).toBe(true);
  });

  it('is held for them also behind a session without any, and behind one that was held for them', async () => {
    const charger = await newCharger();
    await registerKey(charger);
    const unsure = {
      begin: sample(record('B', '03:00', '1.000', 'U'), 'Transaction.Begin'),
      end: sample(record('E', '09:00', '8.004', 'U'), 'Transaction.End'),
    };
    const first = await charge(charger, unsure);
    const at = (hour: number, wh: number) => ({
      from: `2026-03-02T${hour}:00:00Z`,
      to: `2026-03-02T${hour + 1}:00:00Z`,
      fromWh: wh,
      toWh: wh + 100,
    });
    const between = await charge(charger, at(12, 8004));
    const again = [
      await charge(charger, { ...unsure, ...at(14, 8104) }),
      await charge(charger, { ...unsure, ...at(16, 8204) }),
    ];

    expect(between).toMatchObject({ state: 'sealed', energyKwh: 0.1 });
    for (const cdr of again) {
      expect(cdr).toMatchObject({
        state: 'held',
        evidence: {
          basis: { previousSigned: { sessionId: first['sessionId'], wh: 8004 } },
          signedPair: { stray: ['REGISTER_BEFORE_PREVIOUS'] },
        },
      });
    }
  });

  it('is billed again once its key is registered anew for the meter that stands in its place', async () => {
    const charger = await newCharger();
    const meterKeyId = await registerKey(charger);
    await charge(charger, signedEnds());
    await operator.call('DELETE', `/chargers/${charger}/meter-keys/${meterKeyId}`);
    await registerKey(charger, { validFrom: '2026-03-02T11:30:00Z' });
    const cdr = await charge(charger, {
      begin: sample(record('B', '12:00', '0.000'), 'Transaction.Begin'),
      end: sample(record('E', '13:00', '0.100'), 'Transaction.End'),
      from: '2026-03-02T12:00:00Z',
      to: '2026-03-02T13:00:00Z',
      fromWh: 8004,
      toWh: 8104,
    });

    expect(cdr).toMatchObject({ state: 'sealed', evidence: { quality: 'signed' } });
  });

  it('keeps its sealed CDR when the key is deleted', async () => {
    const charger = await newCharger();
    const meterKeyId = await registerKey(charger);
    const cdr = await charge(charger, signedEnds());

    await operator.call('DELETE', `/chargers/${charger}/meter-keys/${meterKeyId}`);
    await settle(database, charger);
    const after = await cdrOf({ sessionId: cdr['sessionId'] });

    expect(after).toEqual(cdr);
    expect((await verdictOn(after)).valid).toBe(true);
  });

  it.each([
    ['at the time of the session', { validFrom: '2026-03-02T10:00:00Z' }, 'signed'],
    ['at another time', { validUntil: '2026-03-02T11:00:00Z' }, 'register'],
    ['on another connector', { connectorId: 2 }, 'register'],
  ])('is verified by a key that counts %s', async (_about, scope, quality) => {
    const charger = await newCharger();
    await registerKey(charger, scope);

    expect(await charge(charger, signedEnds())).toMatchObject({
      state: 'sealed',
      evidence: { quality },
    });
  });

  it('costs one read of its keys, which nobody else pays', async () => {
    const [signing, plain] = [await newCharger(), await newCharger()];
    await registerKey(signing);
    const requestsOf = async (charger: string, charged: Charged) => {
      const cdr = await charge(charger, charged);
      const stored = await readSession(database, String(cdr['sessionId']));
      const kept = (await keptReadings(database)).filter(
        ({ chargerKey }) => chargerKey === charger,
      );
      if (stored === undefined || kept.length === 0) throw new Error('nothing was kept');
      const read = (reading: StoredReading) => understand('ocpp1.6', reading);
      return await countRequests(database, () => readKeysFor(database, stored, kept, read));
    };

    const end = { value: '8000', context: 'Transaction.End' };
    expect(await requestsOf(plain, { end })).toEqual({ reads: [], writes: [] });
    expect(await requestsOf(signing, signedEnds())).toEqual({ reads: ['Query'], writes: [] });
  });
});

describe('a tariff that requires signed values', () => {
  it('bills them', async () => {
    const charger = await newCharger(strictTariffId);
    await registerKey(charger);

    expect(await charge(charger, signedEnds())).toMatchObject({
      state: 'sealed',
      total: { exclVat: '3.50' },
    });
  });

  it.each([
    ['none came', {}, true],
    ['their key is unknown', signedEnds(), false],
  ])('holds the session when %s', async (_about, charged, hasKey) => {
    const charger = await newCharger(strictTariffId);
    if (hasKey) await registerKey(charger);
    const cdr = await charge(charger, charged);

    expect(cdr).toMatchObject({ state: 'held', total: null });
    expect(codes(cdr)).toContain('SIGNED_REQUIRED');
  });
});

type RealRecord = {
  readonly source_file: string;
  readonly record: string;
  readonly public_key: string;
  readonly key_encoding: string;
};

const file = join(import.meta.dirname, '../../../shared/data/ocmf/records.jsonl');
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
  ])('are billed by their own records: %s, %s kWh', async (source, kwh) => {
    const ofFile = records.filter(({ source_file }) => source_file === source);
    // Compleo's file has a whole session in each record.
    const session = source.includes('compleo') ? ofFile.slice(0, 1) : ofFile;
    const [first] = session;
    if (first === undefined) throw new Error(`no record of ${source}`);
    const values = session.map(({ record: value }) => ({ value }));
    const { pair } = checkSignedValues(values, () => [{ text: first.public_key }]);
    if (pair.kind !== 'pair') throw new Error(`no pair in ${source}`);
    const charger = await newCharger();
    const keyForm = { publicKey: first.public_key, encoding: first.key_encoding };
    await operator.call('POST', `/chargers/${charger}/meter-keys`, keyForm);
    const whole = session.map(
      ({ record: text }) => `<value><signedData>${text}</signedData></value>`,
    );

    const cdr = await charge(charger, {
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
    expect((await verdictOn(cdr)).valid).toBe(true);
  });
});
