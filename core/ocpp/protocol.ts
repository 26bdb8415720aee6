/** The versions of OCPP that chargers may connect with, as the WebSocket subprotocol names them. */
export const protocols = ['ocpp1.6', 'ocpp2.0.1', 'ocpp2.1'] as const;

/** A version of OCPP. */
export type Protocol = (typeof protocols)[number];

/** True if a session may begin before its EVSE and connector are known: in OCPP 2.x they may come with any event (2.0.1, E02). */
export const mayStartWithoutPlace = (protocol: Protocol): boolean => protocol !== 'ocpp1.6';

/** True if a charger keeps a limit of a transaction that it is given (OCPP 2.1 TransactionLimitType). */
export const takesTransactionLimit = (protocol: Protocol): boolean => protocol === 'ocpp2.1';

/** True if connectors are numbered within their EVSE; OCPP 1.6 numbers those of the charger (2.0.1 part 1, section 3). */
export const numbersConnectorsByEvse = (protocol: Protocol): boolean => protocol !== 'ocpp1.6';

/** True if a request for a log has a number, by which the charger reports about it (2.0.1 N01). */
export const numbersLogs = (protocol: Protocol): boolean => protocol !== 'ocpp1.6';

/** True if a charger says which reservation it has dropped (2.0.1 H04); from OCPP 1.6 only a connector that is free again tells. */
export const namesDroppedReservations = (protocol: Protocol): boolean => protocol !== 'ocpp1.6';

/** True if two charging profiles of one level may follow each other in time (2.0.1 K01.FR.06). */
export const profilesMayFollow = (protocol: Protocol): boolean => protocol !== 'ocpp1.6';

/** True if a charger can be told that a driver pays on a phone (OCPP 2.1 NotifyWebPaymentStarted). */
export const knowsWebPayments = (protocol: Protocol): boolean => protocol === 'ocpp2.1';
