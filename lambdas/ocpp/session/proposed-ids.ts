import { isPossibleTime } from '../../../core/metering/points/charger-time.ts';
import type { EventOf } from '../../../core/ocpp/event.ts';
import { loadVersion } from '../../../core/ocpp/load-version.ts';
import { sessionOfTransaction } from '../../../core/session/session-of-transaction.ts';
import { readConnector } from '../../store/chargers/connectors.ts';
import { readSession } from '../../store/sessions/sessions.ts';
import type { MessageContext } from '../message-context.ts';
import { connectorOfStart } from './connector-of-start.ts';
import { isRepetition } from './is-start-of.ts';

/**
 * The transaction ids that a start may have, in the order in which they are tried. Where we give the ids, and its time cannot be one, a
 * start like it may have come to its end: then it is that of the session which runs on the connector, if that began with the same
 * content, and else one of its own. However many such sessions there are, three items are read; of any other start none.
 */
export async function proposedIds(
  step: MessageContext,
  event: EventOf<'sessionStarted'>,
): Promise<Iterable<string>> {
  const { database, now } = step;
  const { chargerKey, protocol, timeZone } = step.charger;
  const version = await loadVersion(protocol);
  const proposed = version.proposeTransactionIds(chargerKey, event);
  if (event.transactionId !== undefined || isPossibleTime(event.timestamp, now, timeZone)) {
    return proposed;
  }
  const [id = ''] = version.proposeTransactionIds(chargerKey, event);
  const first = sessionOfTransaction(chargerKey, id);
  const known = await readSession(database, first, true);
  if (known === undefined || isRepetition(step, known.session, event)) return proposed;
  const connector = await readConnector(database, chargerKey, connectorOfStart(event), true);
  const last = connector?.openSessionId ?? first;
  const running = (await readSession(database, last, true))?.session;
  return running !== undefined && isRepetition(step, running, event)
    ? [running.transactionId]
    : version.proposeTransactionIds(chargerKey, event, last);
}
