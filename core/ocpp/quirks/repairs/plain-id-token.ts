import { isJsonObject, type JsonObject } from '../../json-object.ts';
import type { Repair } from '../quirk.ts';

const isPlain = (idToken: unknown): boolean =>
  typeof idToken === 'string' ||
  typeof idToken === 'number' ||
  (isJsonObject(idToken) && idToken['idToken'] !== undefined && idToken['type'] === undefined);

const typed = (idToken: unknown): JsonObject => ({
  ...(isJsonObject(idToken) ? idToken : { idToken: String(idToken) }),
  type: 'Central',
});

/** The token of a message of 2.x is a text as in 1.6, or has no type: it is a token of ours, as `Central` says. */
export const plainIdToken = {
  kind: 'repairs',
  name: 'plain-id-token',
  applies: (_action, payload) => isPlain(payload['idToken']),
  repair: (payload) => ({ ...payload, idToken: typed(payload['idToken']) }),
} as const satisfies Repair;
