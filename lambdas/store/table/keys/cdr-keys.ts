import type { Key } from './key.ts';

/** Start of the sort keys of a charger's sealed CDRs. */
export const cdrPrefix = 'CDR#';

/** A sealed CDR at its place in the charger's chain; partitions of their own keep those out who may not write CDRs. */
export const cdrItemKey = (chargerKey: string, sequence: number): Key => ({
  pk: `CHAIN#${chargerKey}`,
  sk: `${cdrPrefix}${String(sequence).padStart(10, '0')}`,
});

/** The entry of a CDR in the list of its charger: by the end of its session (ISO 8601 in UTC), then by its id. */
export const chargerCdrKey = (chargerKey: string, endedAt: string, cdrId: string): Key => ({
  pk: `CDRS#${chargerKey}`,
  sk: `${endedAt}#${cdrId}`,
});
