/** The versions of OCPP that chargers may connect with, as the WebSocket subprotocol names them. */
export const protocols = ['ocpp1.6', 'ocpp2.0.1', 'ocpp2.1'] as const;

/** A version of OCPP. */
export type Protocol = (typeof protocols)[number];
