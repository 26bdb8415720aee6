import { isoTimeOf } from '../../core/metering/points/charger-time.ts';
import type { EventOf } from '../../core/ocpp/event.ts';
import type { SessionStop } from '../../core/session/session.ts';
import { storableRegister } from './storable-register.ts';

/** The stop that a message says, received at a time (epoch ms). */
export function stopOf(event: EventOf<'sessionStopped'>, receivedAt: number): SessionStop {
  const { timestamp, reason, tokenId } = event;
  const meterStop = storableRegister(event.meterStop);
  return {
    endedAt: timestamp ?? isoTimeOf(undefined, receivedAt),
    receivedAt: new Date(receivedAt).toISOString(),
    reason,
    ...(meterStop === undefined ? {} : { meterStop }),
    ...(tokenId === undefined ? {} : { tokenId }),
  };
}
