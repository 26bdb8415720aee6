import type { EventOf } from '../event.ts';
import { isJsonObject } from '../json-object.ts';
import { present } from '../present.ts';
import { transactionIdOf } from './transaction-id.ts';

const wholeNumber = (value: unknown): number | undefined =>
  Number.isInteger(value) ? Number(value) : undefined;

/** Keeps a transaction message that cannot be read as evidence, with its place where that much can be read. */
export const toUnusable = (
  about: EventOf<'unusable'>['about'],
  reason: string,
  payload: unknown,
  raw: string,
): EventOf<'unusable'> => {
  const { connectorId, transactionId } = isJsonObject(payload) ? payload : {};
  return present({
    kind: 'unusable',
    about,
    reason,
    connectorId: wholeNumber(connectorId) ?? 0,
    transactionId: transactionIdOf(wholeNumber(transactionId), raw),
    raw,
  } as const);
};
