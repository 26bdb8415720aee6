import { validateNotifyPeriodicEventStream } from '../generated/v21/notify-periodic-event-stream.js';
import { toInformed } from '../v2x/informed.ts';
import { type Route, route } from '../v2x/route.ts';

/** Every message that an OCPP 2.1 charger sends without waiting for an answer. */
export const sends = {
  NotifyPeriodicEventStream: route(validateNotifyPeriodicEventStream, toInformed),
} as const satisfies Readonly<Record<string, Route>>;
