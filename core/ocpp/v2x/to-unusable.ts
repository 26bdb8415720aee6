import { type ConnectorRef, wholeCharger } from '../../charger/connector-ref.ts';
import { omitUndefined } from '../../units/omit-undefined.ts';
import type { EventOf } from '../event.ts';
import { placeOfEvse } from './place-of-evse.ts';

const evse = /"evse(?:Id"\s*:|"\s*:\s*\{[^{}]*?"id"\s*:)\s*"?(\d{1,9})\b/;
const connector = /"connectorId"\s*:\s*"?(\d{1,9})\b/;
const transaction = /"transactionId"\s*:\s*(?:"([^"\\]{1,255})"|(-?\d+))/;
const eventType = /"eventType"\s*:\s*"(\w+)"/;

const placeIn = (raw: string): ConnectorRef => {
  const number = evse.exec(raw)?.[1];
  if (number === undefined) return wholeCharger;
  const connectorId = connector.exec(raw)?.[1];
  return placeOfEvse(Number(number), connectorId === undefined ? undefined : Number(connectorId));
};

const aboutIn = (raw: string): EventOf<'unusable'>['about'] => {
  switch (eventType.exec(raw)?.[1]?.toLowerCase()) {
    case 'started':
      return 'sessionStarted';
    case 'ended':
      return 'sessionStopped';
    default:
      return 'metered';
  }
};

/**
 * Keeps a message about a transaction that cannot be read as evidence. What it was meant to be is looked up in the text, because
 * the text may break off anywhere.
 */
export const toUnusable = (reason: string, raw: string): EventOf<'unusable'> => {
  const [, text, number] = transaction.exec(raw) ?? [];
  return omitUndefined({
    kind: 'unusable',
    about: aboutIn(raw),
    reason,
    ...placeIn(raw),
    transactionId: text ?? number,
    raw,
  } as const);
};
