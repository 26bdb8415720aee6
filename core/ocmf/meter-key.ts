import { bytesToHex } from '@noble/hashes/utils.js';
import { type ConnectorRef, isSameConnector } from '../charger/connector-ref.ts';
import { contentDigest } from '../session/content-digest.ts';
import { type Instant, instant } from '../units/instant.ts';
import { meterSerialOf } from './meter-serial.ts';
import type { OcmfRecord } from './ocmf-record.ts';
import { pointsOfKey } from './read-public-key.ts';

/** A public key of a meter as its operator registered it, and for what it counts. */
export type MeterKeyTerms = {
  /** As printed on the meter or given by its manufacturer (see readPublicKey). */
  readonly publicKey: string;
  /** Told from the text where it is not stated. */
  readonly encoding?: 'hex' | 'base64';
  /** The connector whose meter it is; absent: any of the charger's. */
  readonly connector?: ConnectorRef;
  /** Serial number of the meter, compared without case; absent: any meter of the charger. */
  readonly meterSerial?: string;
  /** ISO 8601 in UTC with milliseconds: the time of a record from which on it counts. */
  readonly validFrom?: string;
  /** The time of a record from which on it counts no longer. */
  readonly validUntil?: string;
};

/** A registered key with its id. */
export type MeterKey = MeterKeyTerms & { readonly meterKeyId: string };

const serialForm = (serial: string | undefined): string => (serial ?? '').trim().toLowerCase();

/**
 * The id of a key on a charger: `mk_` and 26 hexadecimal digits over charger, key, and everything for which it counts. The
 * same key in another notation has the same id. `chargerId` is in the form in which ids are compared. Undefined when it is
 * not a key that meters sign with.
 */
export const meterKeyIdOf = (chargerId: string, terms: MeterKeyTerms): string | undefined => {
  const [first] = pointsOfKey(terms.publicKey, terms.encoding);
  if (first === undefined) return undefined;
  const { connector, meterSerial, validFrom, validUntil } = terms;
  const place = connector === undefined ? null : [connector.evseId, connector.connectorId];
  const told = [chargerId, bytesToHex(first.point), place, serialForm(meterSerial)];
  const digest = contentDigest(JSON.stringify([...told, validFrom ?? null, validUntil ?? null]));
  return `mk_${bytesToHex(digest).slice(0, 26)}`;
};

/**
 * True if a registered key counts for a record that came from a connector: where the key names a connector or a meter
 * it must be theirs, and every time in the record must lie in the key's. Of what is not a record (undefined) only the
 * connector is known.
 */
export const keyCounts = (
  key: MeterKeyTerms,
  record: OcmfRecord | undefined,
  connector: ConnectorRef,
): boolean => {
  if (key.connector !== undefined && !isSameConnector(key.connector, connector)) return false;
  if (record === undefined) return true;
  return isOfMeter(key, record) && isOfItsTime(key, record);
};

const isOfMeter = ({ meterSerial }: MeterKeyTerms, record: OcmfRecord): boolean =>
  meterSerial === undefined || serialForm(meterSerial) === serialForm(meterSerialOf(record));

const isOfItsTime = ({ validFrom, validUntil }: MeterKeyTerms, record: OcmfRecord): boolean => {
  if (validFrom === undefined && validUntil === undefined) return true;
  const times = record.readings.flatMap(({ at }) => at ?? []);
  const isIn = (at: Instant): boolean =>
    (validFrom === undefined || at >= timeOf(validFrom)) &&
    (validUntil === undefined || at < timeOf(validUntil));
  return times.length > 0 && times.every(isIn);
};

const timeOf = (iso: string): Instant => instant(BigInt(Date.parse(iso)));
