import type * as z from 'zod';
import { normalizeChargerId } from '../../../core/charger/charger-key.ts';
import { meterKeyIdOf } from '../../../core/ocmf/meter-key.ts';
import { pointsOfKey } from '../../../core/ocmf/read-public-key.ts';
import { done, refused } from '../../http/answer.ts';
import { type KeepAnswer, keptPart } from '../../http/keep-answer.ts';
import type { Charger } from '../../store/chargers/chargers.ts';
import {
  keepMeterKey,
  readMeterKeys,
  type StoredMeterKey,
} from '../../store/chargers/meter-keys.ts';
import type { Caller } from '../api-route.ts';
import { type MeterKeyForm, meterKeyTermsOf } from './meter-key-form.ts';

/** Keys of one charger: some meters on each connector, each exchanged now and then. */
const mostKeys = 50;

/** The curve is known at once unless the key is compressed: then the records decide. */
const curveOf = ({ publicKey, encoding }: StoredMeterKey): string | null => {
  const [first, ...others] = pointsOfKey(publicKey, encoding);
  return first === undefined || others.length > 0 ? null : first.curve;
};

/** A registered key as it is shown. */
export const meterKeyView = (key: StoredMeterKey) => ({
  meterKeyId: key.meterKeyId,
  publicKey: key.publicKey,
  encoding: key.encoding ?? null,
  curve: curveOf(key),
  evseId: key.connector?.evseId ?? null,
  connectorId: key.connector?.connectorId ?? null,
  meterSerial: key.meterSerial ?? null,
  validFrom: key.validFrom ?? null,
  validUntil: key.validUntil ?? null,
  createdAt: key.createdAt,
});

/** Registers a key; the same one again changes nothing. */
export async function registerMeterKey(
  caller: Caller,
  charger: Charger,
  form: z.infer<typeof MeterKeyForm>,
  keepAnswer: KeepAnswer | undefined,
) {
  const { database, now } = caller;
  const terms = meterKeyTermsOf(form);
  const meterKeyId = meterKeyIdOf(normalizeChargerId(charger.chargerId), terms);
  if (meterKeyId === undefined) return refused('METER_KEY_UNREADABLE');
  const known = await readMeterKeys(database, charger.chargerKey);
  const isNew = known.every((one) => one.meterKeyId !== meterKeyId);
  if (isNew && known.length >= mostKeys) return refused('METER_KEYS_TOO_MANY');
  const key = { ...terms, meterKeyId, createdAt: now };
  const answer = keptPart(keepAnswer, meterKeyView(key));
  const kept = await keepMeterKey(database, charger.chargerKey, key, answer);
  return kept === 'refused' ? refused('IDEMPOTENCY_KEY_REUSED') : done(meterKeyView(kept));
}
