import type { Key } from './key.ts';

/** A campaign of an operator: one firmware for many chargers. */
export const campaignKey = (operatorId: string, campaignId: string): Key => ({
  pk: `CAMPAIGN#${operatorId}#${campaignId}`,
  sk: 'CAMPAIGN',
});

/** A firmware of an operator. */
export const firmwareKey = (operatorId: string, firmwareId: string): Key => ({
  pk: `FIRMWARE#${operatorId}#${firmwareId}`,
  sk: 'FIRMWARE',
});

/** The transfer of a file between a charger and us, by the hash of the token in its URL. */
export const transferKey = (transferId: string): Key => ({
  pk: `FILE#${transferId}`,
  sk: 'FILE',
});
