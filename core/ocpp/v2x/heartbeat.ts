import type { Answers } from '../answer.ts';
import type { OcppEvent } from '../event.ts';
import type { HeartbeatResponse } from '../generated/v201/heartbeat-response.js';

/** Reads HeartbeatRequest, which says nothing (OCPP 2.0.1 part 2 section 1.29). */
export const toHeartbeat = (_wire: object, raw: string): readonly OcppEvent[] => [
  { kind: 'heartbeat', raw },
];

/** Writes HeartbeatResponse, from which many chargers set their clock. */
export const heartbeatResponse = ({ currentTime }: Answers['heartbeat']): HeartbeatResponse => ({
  currentTime,
});
