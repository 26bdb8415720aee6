import { type ConnectorRef, wholeCharger } from '../../charger/connector-ref.ts';
import { omitUndefined } from '../../units/omit-undefined.ts';
import type { EventOf } from '../event.ts';
import { connectorNumbered } from './connector-numbered.ts';
import { readTransactionId } from './read-transaction-id.ts';

const connector = /"connectorId"\s*:\s*"?(\d{1,9})\b/;
const transaction = /"transactionId"\s*:\s*"?(-?\d+)/;

const placeIn = (raw: string): ConnectorRef => {
  const number = connector.exec(raw)?.[1];
  return number === undefined ? wholeCharger : connectorNumbered(Number(number));
};

const named = (raw: string): string | undefined => {
  const id = transaction.exec(raw)?.[1];
  return id === undefined ? undefined : readTransactionId(Number(id));
};

/**
 * Keeps a transaction message that cannot be read as evidence. Its place is looked up in the text, because the text
 * may break off anywhere.
 */
export const toUnusable = (
  about: EventOf<'unusable'>['about'],
  reason: string,
  raw: string,
): EventOf<'unusable'> =>
  omitUndefined({
    kind: 'unusable',
    about,
    reason,
    ...placeIn(raw),
    transactionId: named(raw),
    raw,
  } as const);
