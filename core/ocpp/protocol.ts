import type { Session } from '../session/session.ts';

/** A version of OCPP as the WebSocket subprotocol names it. */
export type Protocol = Session['protocol'];
