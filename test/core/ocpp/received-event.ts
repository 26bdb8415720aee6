import type { OcppEvent } from '../../../core/ocpp/event.ts';
import { receive } from '../../../core/ocpp/receive.ts';
import { v16 } from '../../../core/ocpp/v16/version.ts';

/** The one event of a message of an OCPP 1.6 charger, and the tolerances that it needed. */
export const receivedEvent = (
  text: string,
): { readonly event: OcppEvent; readonly quirks: readonly string[] } => {
  const received = receive(v16, text);
  const [event, ...others] = received.kind === 'call' ? received.events : [];
  if (received.kind !== 'call' || event === undefined || others.length > 0) {
    throw new Error(`not one event: ${text.slice(0, 200)}`);
  }
  return { event, quirks: received.quirks };
};

/** The transaction id that a StartTransaction payload gets where no other start has it. */
export const firstTransactionId = (chargerKey: string, payload: object): number => {
  const { event } = receivedEvent(JSON.stringify([2, 'm1', 'StartTransaction', payload]));
  if (event.kind !== 'sessionStarted') throw new Error('not a start');
  const [first] = v16.proposeTransactionIds(chargerKey, event);
  return Number(first);
};
