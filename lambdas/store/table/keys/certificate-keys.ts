import type { Key } from './key.ts';

/** A certificate that was issued to a charger, by its serial number. */
export const certificateKey = (chargerKey: string, serialNumber: string): Key => ({
  pk: `CERTIFICATES#${chargerKey}`,
  sk: serialNumber,
});

/** The certificate of the authority of chargers, by the key of KMS that it signs with. */
export const authorityItemKey = (keyId: string): Key => ({ pk: 'AUTHORITY', sk: keyId });
