/** The versions of OCPP that chargers may connect with, as the WebSocket subprotocol names them. */
export const protocols = ['ocpp1.6', 'ocpp2.0.1', 'ocpp2.1'] as const;

/** A version of OCPP. */
export type Protocol = (typeof protocols)[number];

/** True if a session may begin before its EVSE and connector are known: in OCPP 2.x they may come with any event (2.0.1, E02). */
export const mayStartWithoutPlace = (protocol: Protocol): boolean => protocol !== 'ocpp1.6';

/** True if a charger keeps a limit of a transaction that it is given (OCPP 2.1 TransactionLimitType). */
export const takesTransactionLimit = (protocol: Protocol): boolean => protocol === 'ocpp2.1';
