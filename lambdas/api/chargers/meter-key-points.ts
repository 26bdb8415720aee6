import { bytesToHex } from '@noble/hashes/utils.js';
import { normalizeChargerId } from '../../../core/charger/charger-key.ts';
import { type MeterKeyTerms, meterKeyIdOf } from '../../../core/ocmf/meter-key.ts';
import { pointsOfKey } from '../../../core/ocmf/read-public-key.ts';

type KeyText = Pick<MeterKeyTerms, 'publicKey' | 'encoding'>;

/** The curve of a key: known at once unless the key is compressed, then the records decide. */
export const curveOf = ({ publicKey, encoding }: KeyText): string | null => {
  const [first, ...others] = pointsOfKey(publicKey, encoding);
  return first === undefined || others.length > 0 ? null : first.curve;
};

/** The points that a key can be, in hex: the same in every notation of it; empty for a text that is no key. */
export const pointOf = ({ publicKey, encoding }: KeyText): string =>
  pointsOfKey(publicKey, encoding)
    .map(({ point }) => bytesToHex(point))
    .join(' ');

/** The id of a key on a charger; undefined for a text that is no key. */
export const idOfMeterKey = (chargerId: string, terms: MeterKeyTerms): string | undefined =>
  meterKeyIdOf(normalizeChargerId(chargerId), terms);
