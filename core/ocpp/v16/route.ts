import type { EventOf, OcppEvent } from '../event.ts';
import type { ReadPayload } from '../read-payload.ts';
import type { Validator } from '../validator.ts';
import { readPayload } from './read-payload.ts';
import type { Tolerated } from './tolerated.ts';

/** A message that was read, or why it cannot be. */
type ReadEvent =
  | { readonly kind: 'event'; readonly event: OcppEvent; readonly quirks: readonly string[] }
  | Extract<ReadPayload<unknown>, { readonly kind: 'refused' }>;

/** How a message of OCPP 1.6 becomes an event. */
export type Route = {
  readonly read: (action: string, payload: unknown, raw: string) => ReadEvent;
  /** The subject of a transaction message; such a message is never refused. */
  readonly transaction?: EventOf<'unusable'>['about'];
};

/** Joins the official validator of a message with the function that reads it. */
export const route = <Message>(
  validate: Validator<Message>,
  toEvent: (wire: Tolerated<Message>, raw: string) => OcppEvent,
  transaction?: EventOf<'unusable'>['about'],
): Route => ({
  read: (action, payload, raw) => {
    const found = readPayload(action, validate, payload, raw);
    if (found.kind === 'refused') return found;
    return { kind: 'event', event: toEvent(found.payload, raw), quirks: found.quirks };
  },
  ...(transaction === undefined ? {} : { transaction }),
});
