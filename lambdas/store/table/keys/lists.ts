/** Name of the index of all lists: sparse, over `listKey` and `listSort`; entries carry `chargerKey`, `atLocation` and `ofAccount`. */
export const listingIndex = 'listing';

/** Name of the index of each charger's sessions: keys alone, sparse, over `chargerListKey` and `listSort`. */
export const chargerListingIndex = 'charger-listing';

/**
 * Chargers that share one partition of a list. With 4 sessions a day each, an entry of a session or CDR costing 2 write
 * units, the busiest partition gets 80,000 units a day, 0.9 a second; 333 a second while all 10,000 CDRs are sealed within
 * one minute. A partition takes 1,000 a second. More chargers begin another shard, so that no partition grows with the fleet.
 */
const chargersPerShard = 10_000;

/** The shard of the charger that is an operator's n-th (n counts from 1). */
export const shardOf = (chargerCount: number): number =>
  Math.floor((Math.max(1, chargerCount) - 1) / chargersPerShard);

/** Partition of the index of a charger's sessions: an entry stays where it is whatever becomes of its session. */
export const chargerSessions = (chargerKey: string): string => `${chargerKey}#SESSION`;

/** Partition of the chargers of a location, in the index of each charger's sessions. */
export const chargersOfLocation = (operatorId: string, locationId: string): string =>
  `${operatorId}#${locationId}#CHARGER`;

/** Partitions of the listing index. */
export const lists = {
  /** All operators: one entry each, written once in its life. */
  operators: 'OPERATOR',
  chargers: (operatorId: string): string => `${operatorId}#CHARGER`,
  tokens: (operatorId: string): string => `${operatorId}#TOKEN`,
  tariffs: (operatorId: string): string => `${operatorId}#TARIFF`,
  campaigns: (operatorId: string): string => `${operatorId}#CAMPAIGN`,
  firmware: (operatorId: string): string => `${operatorId}#FIRMWARE`,
  locations: (operatorId: string): string => `${operatorId}#LOCATION`,
  accounts: (operatorId: string): string => `${operatorId}#ACCOUNT`,
  promoCodes: (operatorId: string): string => `${operatorId}#PROMOCODE`,
  apiKeys: (operatorId: string): string => `${operatorId}#APIKEY`,
  partners: (operatorId: string): string => `${operatorId}#PARTNER`,
  sessions: (operatorId: string, state: string, shard: number): string =>
    `${operatorId}#SESSION#${state}#${shard}`,
  cdrs: (operatorId: string, state: string, shard: number): string =>
    `${operatorId}#CDR#${state}#${shard}`,
  /** Finds the charger of a connection, should a message come without its authorizer's context. */
  connection: (connectionId: string): string => `CONNECTION#${connectionId}`,
} as const;
