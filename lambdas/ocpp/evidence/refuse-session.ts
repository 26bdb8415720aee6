import type { Answers } from '../../../core/ocpp/answer.ts';
import type { EventOf } from '../../../core/ocpp/event.ts';
import { loadVersion } from '../../../core/ocpp/load-version.ts';
import type { MessageContext } from '../message-context.ts';
import { keepInformational } from './keep-informational.ts';

/**
 * The answer to a start of which no session is made, because its charger has made too many today: the id of its content, and a token that is
 * not accepted. The start is kept among what the charger said, where no report of its session keeps it (OCPP 1.6).
 */
export async function refuseSession(
  step: MessageContext,
  event: EventOf<'sessionStarted'>,
): Promise<Answers['sessionStarted']> {
  const { chargerKey, protocol } = step.charger;
  if (event.transactionId === undefined) {
    await keepInformational(step, 'StartTransaction', JSON.stringify(event));
  }
  const version = await loadVersion(protocol);
  const [transactionId = ''] = version.proposeTransactionIds(chargerKey, event);
  return event.tokenId === undefined
    ? { transactionId }
    : { transactionId, authorization: { status: 'Invalid' } };
}
