/** The default quotas of an account and Region that a fleet comes near to, and what one partition or item of DynamoDB takes. */
export const limits = {
  /** Requests of all APIs of the account a second; newer Regions have 2,500 (lib/settings/throttles.ts). */
  apiRequests: 10_000,
  /** New WebSocket connections a second. */
  newConnections: 500,
  /** Instances of all functions that run at once; new accounts may have 10. */
  lambdaConcurrency: 1_000,
  /** Write and read units of one table a second. */
  tableUnits: 40_000,
  /** Write units of one partition key a second. */
  keyWrites: 1_000,
  /** Read units of one partition a second. */
  keyReads: 3_000,
  /** Bytes of one partition. */
  partitionBytes: 10e9,
  /** Chunks of one event log a second: each is written once the one before it is there, 10 ms each. */
  logChunks: 100,
  /** Signatures with ECC keys a second. */
  signatures: 1_000,
} as const;

/** Throttles of ours, which are below the quotas so that chargers that come back leave room for everybody else. */
export const ourThrottles = {
  /** Messages of chargers a second: half of the quota. */
  messages: 5_000,
  /** Handshakes of chargers a second: half of the quota. */
  handshakes: 250,
} as const;
