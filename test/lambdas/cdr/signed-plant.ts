import { expect } from 'vitest';
import {
  newSigner,
  samplePayload,
  sampleReading,
  signedRecord,
} from '../../core/ocmf/sign-record.ts';
import { type Body, plugIn, settle } from '../plant.ts';
import { openSite, type TestSite } from '../test-site.ts';

/** A site at 0.50 EUR per kWh. */
export const openSignedSite = (): Promise<TestSite> =>
  openSite({
    tokens: [{ tokenId: 'TAG1' }],
    tariff: { name: 'AC', currency: 'EUR', perKwh: '0.50' },
  });

const signer = newSigner('secp256k1');

/** The key of the meter that signs here, in hex. */
export const publicKey = signer.spki.toString('hex');

/** Registers the meter's key on a charger; gives its id. */
export async function registerKey(
  site: TestSite,
  charger: string,
  form: object = {},
): Promise<string> {
  const path = `/chargers/${charger}/meter-keys`;
  const { status, body } = await site.call('POST', path, { publicKey, ...form });
  expect(status).toBe(201);
  return String(body['meterKeyId']);
}

/** One signed reading of the meter at a time of 2026-03-02 in UTC, in kWh. */
export const record = (transaction: string, time: string, kwh: string, status = 'S'): string => {
  const TM = `2026-03-02T${time}:00,000+0000 ${status}`;
  return signedRecord(signer, samplePayload({ RD: [sampleReading(transaction, 0, kwh, { TM })] }));
};

/** A record as OCPP wraps it. */
export const wrapped = (text: string): string =>
  JSON.stringify({
    signedMeterData: Buffer.from(text).toString('base64'),
    signingMethod: '',
    encodingMethod: 'OCMF',
    publicKey: '',
  });

/** A sampled value of OCPP 1.6, said to be signed unless told otherwise. */
export const sample = (
  value: string,
  context: string,
  format: object = { format: 'SignedData' },
) => ({ value, context, ...format });

/** The samples at begin and end of a session: 1 kWh at 10:00 and 8.004 kWh at 11:00, both signed. */
export const signedEnds = (stopKwh = '8.004') => ({
  begin: sample(wrapped(record('B', '10:00', '1.000')), 'Transaction.Begin'),
  end: sample(wrapped(record('E', '11:00', stopKwh)), 'Transaction.End'),
});

/** The same where no clock is to be trusted. */
export const unsureEnds = () => ({
  begin: sample(record('B', '03:00', '1.000', 'U'), 'Transaction.Begin'),
  end: sample(record('E', '09:00', '8.004', 'U'), 'Transaction.End'),
});

/** A session: times and registers in the charger's messages, and its samples at begin and end. */
export type Charged = {
  readonly from?: string;
  readonly to?: string;
  readonly fromWh?: number;
  readonly toWh?: number;
  readonly begin?: object;
  readonly end?: object;
};

/** Charges from 10:00 to 11:00 and 1 to 8 kWh unless told otherwise, and gives the CDR of the session. */
export async function charge(
  site: TestSite,
  chargerKey: string,
  charged: Charged = {},
): Promise<Body> {
  const { fromWh = 1000, toWh = 8000, begin, end } = charged;
  const from = charged.from ?? '2026-03-02T10:00:00Z';
  const to = charged.to ?? '2026-03-02T11:00:00Z';
  const charger = await plugIn(site.database, chargerKey);
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
  await settle(site.database, chargerKey);
  const list = await site.call('GET', `/sessions?chargerId=${chargerKey}&limit=1`);
  return await site.cdrOf(list.body.items?.[0]);
}
