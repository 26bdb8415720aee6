import type { Answers } from '../answer.ts';
import type { OcppEvent } from '../event.ts';
import type { HeartbeatResponse } from '../generated/v16/heartbeat-response.js';

/** Reads Heartbeat.req, which says nothing (OCPP 1.6 section 6.29). */
export const toHeartbeat = (_wire: object, raw: string): OcppEvent => ({ kind: 'heartbeat', raw });

/** Writes Heartbeat.conf, from which many chargers set their clock (OCPP 1.6 section 6.30). */
export const heartbeatResponse = ({ currentTime }: Answers['heartbeat']): HeartbeatResponse => ({
  currentTime,
});
