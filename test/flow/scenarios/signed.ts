import { describe, expect, it } from 'vitest';
import {
  newSigner,
  samplePayload,
  sampleReading,
  signedRecord,
} from '../../core/ocmf/sign-record.ts';
import {
  cdrOf,
  connect,
  type Flow,
  registerCharger,
  registerTariff,
  registerToken,
  type ShownCdr,
  sessionsOf,
} from '../flow.ts';
import { minutesAfter } from '../meter-values.ts';

const start = '2026-04-07T08:00:00.000Z';
const signer = newSigner('brainpoolP256r1');

type SignedCdr = ShownCdr & {
  readonly evidence: {
    readonly quality: string;
    readonly signedValues: readonly { readonly verdict: { readonly kind: string } }[];
  };
};

/** A signed value of OCPP 1.6: the register in kWh at a time, as the meter signed it. */
const signedValue = (transaction: 'B' | 'E', at: string, kwh: string) => {
  const TM = `${at.slice(0, 19)},000+0000 S`;
  const RD = [sampleReading(transaction, 0, kwh, { TM })];
  const record = signedRecord(signer, samplePayload({ RD }));
  return {
    timestamp: at,
    sampledValue: [
      {
        value: JSON.stringify({
          signedMeterData: Buffer.from(record).toString('base64'),
          encodingMethod: 'OCMF',
        }),
        context: transaction === 'B' ? 'Transaction.Begin' : 'Transaction.End',
        format: 'SignedData',
      },
    ],
  };
};

/** Charging with a meter that signs what it measures. */
export const signedScenarios = (flow: () => Flow): void => {
  describe('a charger whose meter signs', () => {
    it('a session with signed values is billed by them once the public key is registered', async () => {
      const tariffId = await registerTariff(flow(), { perKwh: '0.50', requireSignedValues: true });
      const charger = await registerCharger(flow(), { tariffId });
      await registerToken(flow(), 'LAW');
      const path = `/chargers/${charger.chargerId}/meter-keys`;
      const publicKey = signer.spki.toString('hex');
      const registered = await flow().operator.post(path, { publicKey, meterSerial: 'M-1' });
      const spare = await flow().operator.post<{ meterKeyId: string }>(path, {
        publicKey: newSigner('secp384r1').spki.toString('base64'),
        connectorId: 2,
      });
      expect(registered).toMatchObject({ status: 201, body: { curve: 'brainpoolP256r1' } });
      expect(spare.status).toBe(201);
      expect((await flow().operator.remove(`${path}/${spare.body.meterKeyId}`)).status).toBe(204);
      const listed = await flow().operator.get<{ items: unknown[] }>(path);
      expect(listed.body.items).toEqual([registered.body]);

      const plug = await connect(flow(), charger);
      const { transactionId } = await plug.call('StartTransaction', {
        connectorId: 1,
        idTag: 'LAW',
        meterStart: 2000,
        timestamp: start,
      });
      await plug.call('MeterValues', {
        connectorId: 1,
        transactionId,
        meterValue: [signedValue('B', start, '2.0000')],
      });
      const end = minutesAfter(start, 60);
      await plug.call('StopTransaction', {
        transactionId,
        meterStop: 12_000,
        timestamp: end,
        transactionData: [signedValue('E', end, '12.0080')],
      });
      const [session] = await sessionsOf(flow(), charger.chargerId);
      const cdr = (await cdrOf(flow(), session?.sessionId ?? '')) as SignedCdr;

      expect(cdr).toMatchObject({
        state: 'sealed',
        energyKwh: 10.008,
        meterStart: { wh: 2000, signed: expect.stringContaining('OCMF|') },
        meterStop: { wh: 12_008 },
        total: { exclVat: '5.00' },
        anomalies: [],
        seal: { sequence: 1 },
        evidence: { quality: 'signed' },
      });
      expect(cdr.evidence.signedValues.map(({ verdict }) => verdict.kind)).toEqual([
        'valid',
        'valid',
      ]);
      await plug.close();
    });
  });
};
