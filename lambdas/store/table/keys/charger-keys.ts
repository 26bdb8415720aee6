import { normalizeChargerId } from '../../../../core/charger/charger-key.ts';
import type { Key } from './key.ts';

/** Partition of what belongs to one charger: registration, connection, boot, configuration, connectors, meter keys. */
export const chargerPk = (chargerKey: string): string => `CHARGER#${chargerKey}`;

/** The charger of a partition of its own items. */
export const chargerKeyOfPk = (pk: string): string => pk.slice(chargerPk('').length);

/** Start of the partitions that say which operators have a charger of an id. */
const chargerIds = (chargerId: string): string => `CHARGERID#${normalizeChargerId(chargerId)}`;

/** That an operator has a charger of this id, sorted by when it was registered. */
export const chargerIdKey = (chargerId: string, createdAt: string, operatorId: string): Key => ({
  pk: chargerIds(chargerId),
  sk: `${createdAt}#${operatorId}`,
});

/** The charger's registration. */
export const chargerItemKey = (chargerKey: string): Key => ({
  pk: chargerPk(chargerKey),
  sk: 'CHARGER',
});

/** The charger's connection: the last `$connect` wins. */
export const connectionKey = (chargerKey: string): Key => ({
  pk: chargerPk(chargerKey),
  sk: 'CONNECTION',
});

/** The charger's description of itself at its last boot. */
export const bootKey = (chargerKey: string): Key => ({ pk: chargerPk(chargerKey), sk: 'BOOT' });

/** The settings that its operator wants this one charger to have. */
export const chargerConfigurationKey = (chargerKey: string): Key => ({
  pk: chargerPk(chargerKey),
  sk: 'CONFIGURATION',
});

/** A connection token, by its SHA-256 in hex: the token itself is not kept. */
export const connectionTokenKey = (tokenHash: string): Key => ({
  pk: `CONNECTIONTOKEN#${tokenHash}`,
  sk: 'CONNECTIONTOKEN',
});

/** Start of the sort keys of the public keys of a charger's meters. */
export const meterKeyPrefix = 'METERKEY#';

/** A public key of a charger's meter, by the id that derives from it. */
export const meterKeyItemKey = (chargerKey: string, meterKeyId: string): Key => ({
  pk: chargerPk(chargerKey),
  sk: `${meterKeyPrefix}${meterKeyId}`,
});
