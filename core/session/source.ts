import type { Protocol } from '../ocpp/protocol.ts';

/** How we know of a session: by a charger that speaks a version of OCPP, or by a third party that pushed it when it was over. */
export type Source = Protocol | 'push';
