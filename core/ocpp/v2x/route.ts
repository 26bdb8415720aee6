import type { OcppEvent } from '../event.ts';
import { nullProperty } from '../quirks/repairs/null-property.ts';
import { type ReadPayload, readPayload as readTolerated } from '../read-payload.ts';
import type { Validator } from '../validator.ts';
import type { ReadCall } from '../version.ts';
import { readPayload } from './read-payload.ts';
import type { Tolerated } from './tolerated.ts';

/** How a message of OCPP 2.x becomes events. */
export type Route = {
  readonly read: (action: string, payload: unknown, raw: string) => ReadCall;
  /** True for a message of a transaction, which is never refused. */
  readonly isTransactional: boolean;
};

const routeOf = <Message>(
  validate: Validator<Message>,
  toEvents: (wire: Tolerated<Message>, raw: string) => readonly OcppEvent[],
  isTransactional: boolean,
): Route => ({
  read: (action, payload, raw) => {
    const found: ReadPayload<Tolerated<Message>> = readPayload(action, validate, payload, raw);
    if (found.kind === 'refused') return found;
    return { kind: 'events', events: toEvents(found.payload, raw), quirks: found.quirks };
  },
  isTransactional,
});

/** Joins the official validator of a message with the function that reads it. */
export const route = <Message>(
  validate: Validator<Message>,
  toEvents: (wire: Tolerated<Message>, raw: string) => readonly OcppEvent[],
): Route => routeOf(validate, toEvents, false);

/** The same for a message of a transaction, which is kept as evidence where it cannot be read. */
export const transactionRoute = <Message>(
  validate: Validator<Message>,
  toEvents: (wire: Tolerated<Message>, raw: string) => readonly OcppEvent[],
): Route => routeOf(validate, toEvents, true);

const onlyNulls = {
  repairs: [nullProperty],
  coercions: [],
  toleratedViolations: [],
  flags: [],
} as const;

/**
 * The same with no tolerance but that a property may be null, for a message whose content goes back with the answer: what breaks the
 * official schema would break it in the answer, too.
 */
export const strictRoute = <Message>(
  validate: Validator<Message>,
  toEvents: (wire: Message, raw: string) => readonly OcppEvent[],
): Route => ({
  read: (action, payload, raw) => {
    const found = readTolerated<Message>(() => onlyNulls, action, validate, payload, raw);
    if (found.kind === 'refused') return found;
    return { kind: 'events', events: toEvents(found.payload, raw), quirks: found.quirks };
  },
  isTransactional: false,
});
