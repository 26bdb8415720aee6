import type { GivenAnswer } from '../answer.ts';
import type { Protocol } from '../protocol.ts';
import type { Call, Send } from '../rpc/frame.ts';
import type { ReadCall, Version } from '../version.ts';
import { writeAndRead } from '../write-and-read.ts';
import { type StoredReaders, storedReading } from './decode-stored.ts';
import type { Route } from './route.ts';
import { toUnusable } from './to-unusable.ts';

/** All that distinguishes one version of OCPP 2.x from the others. */
export type Differences = {
  readonly protocol: Protocol;
  /** Its name in sentences, as in `OCPP 2.0.1`. */
  readonly name: string;
  /** The messages that a charger sends. */
  readonly routes: Readonly<Record<string, Route>>;
  /** The messages that a charger sends without waiting for an answer; absent where there are none. */
  readonly sends?: Readonly<Record<string, Route>>;
  /** The messages that only we send. */
  readonly centralActions: readonly string[];
  readonly stored: StoredReaders;
  readonly writeAnswer: (action: string, given: readonly GivenAnswer[]) => object;
};

/** Makes a version of OCPP 2.x of what distinguishes it. */
export const versionOf = (differences: Differences): Version => {
  const { protocol, routes, sends, stored, writeAnswer } = differences;
  const routeOf = (action: string): Route | undefined => routeIn(routes, action);
  const isTransactional = (action: string): boolean => routeOf(action)?.isTransactional ?? false;
  return {
    protocol,
    readCall: (call) => readCall(differences, routeOf(call.action), call),
    ...(sends && {
      readSend: (send) => readCall(differences, routeIn(sends, send.action), send),
    }),
    readUnreadable: ({ action = '', reason, raw }) =>
      isTransactional(action) ? toUnusable(reason, raw) : undefined,
    writeAnswer,
    isTransactional,
    ...storedReading(stored),
    ...writeAndRead(protocol),
    // The charger names its transactions itself.
    proposeTransactionIds: (_chargerKey, { transactionId }) =>
      transactionId === undefined ? [] : [transactionId],
  };
};

const routeIn = (routes: Readonly<Record<string, Route>>, action: string): Route | undefined =>
  Object.hasOwn(routes, action) ? routes[action] : undefined;

const readCall = (
  { name, centralActions }: Differences,
  route: Route | undefined,
  { action, payload, raw, quirks }: Call | Send,
): ReadCall => {
  if (route === undefined) return noRoute(name, centralActions, action);
  const found = route.read(action, payload, raw);
  if (found.kind === 'events') return { ...found, quirks: [...quirks, ...found.quirks] };
  if (!route.isTransactional) return found;
  return { kind: 'events', events: [toUnusable(found.reason, raw)], quirks };
};

const noRoute = (name: string, centralActions: readonly string[], action: string): ReadCall =>
  centralActions.includes(action)
    ? { kind: 'refused', fault: 'unsupported-action', reason: `Chargers do not send ${action}.` }
    : {
        kind: 'refused',
        fault: 'unknown-action',
        reason: `${action} is not an action of ${name}.`,
      };
