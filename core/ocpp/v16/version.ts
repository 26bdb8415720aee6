import type { Call } from '../rpc/frame.ts';
import type { ReadCall, Version } from '../version.ts';
import { centralActions } from './action.ts';
import { answers } from './answers.ts';
import { routeOf } from './routes.ts';
import { toUnusable } from './to-unusable.ts';

const readCall = ({ action, payload, raw, quirks }: Call): ReadCall => {
  const route = routeOf(action);
  if (route === undefined) return noRoute(action);

  const found = route.read(action, payload, raw);
  if (found.kind === 'event') return { ...found, quirks: [...quirks, ...found.quirks] };
  if (route.transaction === undefined) return found;
  return {
    kind: 'event',
    event: toUnusable(route.transaction, found.reason, raw),
    quirks,
  };
};

const noRoute = (action: string): ReadCall =>
  centralActions.includes(action)
    ? {
        kind: 'refused',
        fault: 'unsupported-action',
        reason: `${action} is not for chargers to send.`,
      }
    : { kind: 'refused', fault: 'unknown-action', reason: `${action} is no action of OCPP 1.6.` };

/** OCPP 1.6J, from charger to system. */
export const v16: Version = {
  readCall,
  readUnreadable: ({ action = '', reason, raw }) => {
    const about = routeOf(action)?.transaction;
    return about === undefined ? undefined : toUnusable(about, reason, raw);
  },
  writeAnswer: (action, kind, answer) => answers[kind](answer, action),
  isTransactional: (action) => routeOf(action)?.transaction !== undefined,
};
