import type { Key } from './key.ts';

/** A site with chargers. */
export const locationKey = (operatorId: string, locationId: string): Key => ({
  pk: `LOCATION#${operatorId}#${locationId}`,
  sk: 'LOCATION',
});
