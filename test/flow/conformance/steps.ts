import { expect } from 'vitest';
import type { Handshake, Reply, Step } from './conformance-case.ts';

const begun = Date.now() - 3 * 3_600_000;

/** A moment of every session, in minutes after its begin three hours ago (ISO 8601 in UTC). */
export const minute = (n: number): string => new Date(begun + n * 60_000).toISOString();

/** Any time, ISO 8601 in UTC. */
export const aTime: unknown = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

/** A whole number that OCPP can carry. */
export const aNumber: unknown = expect.any(Number);

/** A charger sends a CALL and gets exactly this CALLRESULT. */
export const says = (action: string, payload: object, answer: object = {}): Step => ({
  kind: 'says',
  action,
  payload,
  answer,
});

/** A charger sends a CALL and gets a CALLERROR. */
export const isRefused = (action: string, payload: object, code: string): Step => ({
  kind: 'refused',
  action,
  payload,
  code,
});

/** The operator orders a command; the charger gets exactly this CALL, replies, and the command ends so. */
export const ordered = (
  command: object,
  [action, payload]: readonly [string, object],
  reply: Reply = { status: 'Accepted' },
  outcome: object = { state: 'accepted' },
): Step => ({ kind: 'ordered', command, action, payload, reply, outcome });

/** We ask the charger of our own accord, or by one more message of a command that needs several; it gets exactly this CALL, and replies. */
export const asked = (
  action: string,
  payload: object,
  reply: Reply = { status: 'Accepted' },
): Step => ({ kind: 'asked', action, payload, reply });

/** A certificate in PEM. */
export const aCertificate: unknown = expect.stringMatching(
  /^-----BEGIN CERTIFICATE-----\n[\sA-Za-z0-9+/=]+-----END CERTIFICATE-----\n$/,
);

/** An outcome of a command that the charger refused, for a reason in our words and by its own word. */
export const rejected = (reason: string, word: string): object => ({
  state: 'rejected',
  response: { reason, word },
});

/** The charger ends its connection and makes another one, with another password where one is named. */
export const reconnects = (password?: string): Step =>
  password === undefined ? { kind: 'reconnects' } : { kind: 'reconnects', password };

/** The operator sees the latest session of the charger so, before the next step. */
export const sees = (shown: object): Step => ({ kind: 'sees', shown });

/** Somebody else tries to connect as the charger. */
export const knocks = (handshake: Handshake): Step => ({ kind: 'knocks', handshake });

/** The operator calls the API about the charger. */
export const posts = (path: string, body: object, answer: object): Step => ({
  kind: 'posts',
  path,
  body,
  answer,
});
