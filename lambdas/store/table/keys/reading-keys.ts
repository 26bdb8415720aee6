import { connectorPrefix } from './connector-keys.ts';

/** Partition of the readings that belong to a transaction. */
export const sessionReadingsPk = (sessionId: string): string => sessionId;

/** Partition of the statuses of an EVSE's connectors, and of its meter values that name no transaction: in OCPP 2.x they name no connector. */
export const evseReadingsPk = (chargerKey: string, evseId: number): string =>
  `${chargerKey}#${connectorPrefix}${evseId}`;

/** The session of a partition of readings; undefined for an EVSE's: the capitals of its part occur in no session's id. */
export const sessionOfReadingsPk = (pk: string): string | undefined =>
  pk.includes(`#${connectorPrefix}`) ? undefined : pk;

/** Place of one message in its partition: the charger's time first, then what it is, then its content. */
export const readingSk = (at: string, kind: string, contentHash: string): string =>
  `${at}#${kind}#${contentHash}`;

/** The kind of a message, by its place. */
export const kindOfReadingSk = (sk: string): string => sk.split('#', 2)[1] ?? '';
