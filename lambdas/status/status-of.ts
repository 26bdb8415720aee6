import type { EventOf } from '../../core/ocpp/event.ts';
import { receive } from '../../core/ocpp/receive.ts';
import type { MessageRecord } from '../store/readings/readings.ts';

/** Reads a kept status again as it was read when it came. */
export function statusOf({ protocol, raw }: MessageRecord): EventOf<'statusReported'> | undefined {
  if (protocol === 'push') return undefined;
  const received = receive(protocol, `[2,"kept","StatusNotification",${raw}]`);
  if (received.kind !== 'call') return undefined;
  return received.events.find((event) => event.kind === 'statusReported');
}
