import type { CdrBasis } from '../../../core/cdr/compute/cdr-basis.ts';
import { cdrFromReadings } from '../../../core/cdr/compute/cdr-from-readings.ts';
import type { CdrRules } from '../../../core/cdr/compute/cdr-rules.ts';
import type { StoredMessage } from '../../../core/cdr/model/stored-message.ts';
import { type MeterKey, type MeterKeyTerms, meterKeyIdOf } from '../../../core/ocmf/meter-key.ts';
import { decodeMessage } from '../../../core/ocpp/decode-message.ts';
import { v16 } from '../../../core/ocpp/v16/version.ts';
import type { Session } from '../../../core/session/session.ts';
import type { Tariff } from '../../../core/tariff/model/tariff.ts';
import { priceSession } from '../../../core/tariff/price-session.ts';
import {
  newSigner,
  type Signer,
  samplePayload,
  sampleReading,
  signedRecord,
} from '../ocmf/sign-record.ts';
import { startedEvent, stoppedEvent } from '../session/session-samples.ts';
import { sessionOf } from './cdr-samples.ts';

/** The meter of the sample session's connector. */
export const meter: Signer = newSigner('secp256r1');

/** Reads OCPP 1.6 and prices with the engine. */
export const wireRules: CdrRules = {
  read: (reading) => decodeMessage(v16, reading),
  price: priceSession,
};

/** 0.40 EUR per kWh and nothing else. */
export const perKwh: Tariff = {
  tariffId: 'tar2',
  version: 1,
  name: 'Energy',
  currency: 'EUR',
  elements: [{ priceComponents: [{ type: 'ENERGY', price: '0.4', stepSize: 0 }] }],
  rounding: { mode: 'half-up', scope: 'total' },
};

/** The same, for signed values alone. */
export const signedOnly: Tariff = { ...perKwh, requireSignedValues: true };

/** The meter's key as registered on the sample session's charger. */
export const registered = (
  terms: Partial<MeterKeyTerms> = {},
  signer: Signer = meter,
): MeterKey => {
  const key = { publicKey: signer.spki.toString('hex'), ...terms };
  return { ...key, meterKeyId: meterKeyIdOf('cp-1', key) ?? '' };
};

/** One signed reading at a time of the sample session (10:00 to 11:00 in UTC), in kWh. */
export const recordOf = (
  transaction: string,
  minute: number,
  kwh: string,
  { reading = {}, payload = {} }: { readonly reading?: object; readonly payload?: object } = {},
): string => {
  const clock = new Date(Date.UTC(2026, 2, 2, 11, minute)).toISOString().slice(0, 19);
  const TM = `${clock},000+0100 S`;
  const RD = [sampleReading(transaction, 0, kwh, { TM, ...reading })];
  return signedRecord(meter, samplePayload({ PG: `T${minute}`, RD, ...payload }));
};

/** The start at 10:00 with 1 kWh and the stop at 11:00 with 8.005 kWh: 5 Wh more than the unsigned register. */
export const signedEnds = (): readonly [string, string] => [
  recordOf('B', 0, '1.000'),
  recordOf('E', 60, '8.005'),
];

/** A signed value as OCPP 1.6 sends it. */
export const signedSample = (value: string, context = 'Sample.Periodic') => ({
  value,
  context,
  format: 'SignedData',
});

/** The stop message with these sampled values in its transactionData; the same message whatever its time of receipt. */
export const stopMessage = (samples: readonly object[]): StoredMessage => ({
  key: '2026-03-02T11:00:00.000Z#stop#1',
  kind: 'stop',
  evseId: 1,
  connectorId: 1,
  receivedAt: '2026-03-02T11:00:01.000Z',
  raw: JSON.stringify({
    transactionId: 7,
    meterStop: 8000,
    timestamp: '2026-03-02T11:00:00Z',
    transactionData: samples.map((sample) => ({
      timestamp: '2026-03-02T11:00:00Z',
      sampledValue: [sample],
    })),
  }),
});

/** Start and stop in the stop message, each under its occasion. */
export const endsMessage = ([begin, end]: readonly [string, string]): StoredMessage =>
  stopMessage([signedSample(begin, 'Transaction.Begin'), signedSample(end, 'Transaction.End')]);

/** The sample session: 10:00 to 11:00, 7000 Wh by its start and stop messages. */
export const signedSession = () => sessionOf(startedEvent(), stoppedEvent());

/** The same with other registers in its start and stop messages, in Wh. */
export const sessionFrom = (meterStart: number, energy = 7000): Session => {
  const session = signedSession();
  return {
    ...session,
    ...(session.start && { start: { ...session.start, meterStart } }),
    ...(session.stop && { stop: { ...session.stop, meterStop: meterStart + energy } }),
  };
};

/** The CDR of the sample session, or of one like it, out of its messages. */
export const signedContent = (
  stored: readonly StoredMessage[],
  basis: CdrBasis = {},
  tariff: Tariff = perKwh,
  session: Session = signedSession(),
) => cdrFromReadings(session, tariff, stored, wireRules, basis);

/** Default registration: the meter's key. */
export const known: CdrBasis = { meterKeys: [registered()] };

/** Bill of the unsigned sample session: 7 kWh at 0.40. */
export const unsigned = {
  energyKwh: 7,
  total: { currency: 'EUR', exclVat: '2.80', inclVat: '2.80' },
};

type SignedContent = ReturnType<typeof signedContent>;

/** The codes of a CDR's anomalies. */
export const codes = ({ anomalies }: SignedContent): readonly string[] =>
  anomalies.map(({ code }) => code);

/** Message of the first anomaly with a code. */
export const detailOf = ({ anomalies }: SignedContent, code: string): string | undefined =>
  anomalies.find((anomaly) => anomaly.code === code)?.message;

/** Why a CDR's signed pair does not belong to its session; undefined without a pair. */
export const strayOf = ({
  evidence: { signedPair },
}: SignedContent): readonly string[] | undefined =>
  signedPair?.kind === 'pair' ? signedPair.stray : undefined;
