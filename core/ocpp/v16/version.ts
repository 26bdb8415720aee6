import type { Answers } from '../answer.ts';
import type { EventKind } from '../event.ts';
import type { Call } from '../rpc/frame.ts';
import type { ReadCall, Version } from '../version.ts';
import { writeAndRead } from '../write-and-read.ts';
import { centralActions } from './action.ts';
import { answers } from './answers.ts';
import { decodeStored } from './decode-stored.ts';
import { proposeTransactionIds } from './propose-transaction-ids.ts';
import { readStatus } from './read-status.ts';
import { routeOf } from './routes.ts';
import { toUnusable } from './to-unusable.ts';

const readCall = ({ action, payload, raw, quirks }: Call): ReadCall => {
  const route = routeOf(action);
  if (route === undefined) return noRoute(action);

  const found = route.read(action, payload, raw);
  if (found.kind === 'event') {
    return { kind: 'events', events: [found.event], quirks: [...quirks, ...found.quirks] };
  }
  if (route.transaction === undefined) return found;
  return {
    kind: 'events',
    events: [toUnusable(route.transaction, found.reason, raw)],
    quirks,
  };
};

const noRoute = (action: string): ReadCall =>
  (centralActions as readonly string[]).includes(action)
    ? {
        kind: 'refused',
        fault: 'unsupported-action',
        reason: `Chargers do not send ${action}.`,
      }
    : {
        kind: 'refused',
        fault: 'unknown-action',
        reason: `${action} is not an action of OCPP 1.6.`,
      };

const answerOf = <Kind extends EventKind>(
  { kind, answer }: { readonly kind: Kind; readonly answer: Answers[Kind] },
  action: string,
): object => answers[kind](answer, action);

/** OCPP 1.6J. */
export const v16: Version = {
  protocol: 'ocpp1.6',
  readCall,
  readUnreadable: ({ action = '', reason, raw }) => {
    const about = routeOf(action)?.transaction;
    return about === undefined ? undefined : toUnusable(about, reason, raw);
  },
  // A message of OCPP 1.6 is one event.
  writeAnswer: (action, [given]) => (given === undefined ? {} : answerOf(given, action)),
  isTransactional: (action) => routeOf(action)?.transaction !== undefined,
  decodeStored,
  readStatus,
  ...writeAndRead('ocpp1.6'),
  proposeTransactionIds,
};
