import { contentDigest } from '../../session/content-digest.ts';
import type { EventOf } from '../event.ts';
import { highestTransactionId } from './transaction-id-range.ts';

/** No charger has as many starts with one id; whoever tries them ends long before. */
const mostProposals = 32;

/**
 * The transaction ids for a start of OCPP 1.6, whose charger names none: 1 to 2^31 - 2, derived from all that makes the
 * start the same when it is sent again, on another connection or days later. Each but the first is for the case that the
 * ones before belong to different starts of that charger. A start without a timestamp is known by the rest of it: the
 * time of receipt would make each repetition a new one. `after`: the session that came before it on its connector, where a start of the
 * same content had come to its end and neither of them has a time that tells them apart.
 */
export function* proposeTransactionIds(
  chargerKey: string,
  start: EventOf<'sessionStarted'>,
  after?: string,
): Generator<string> {
  const { connectorId, tokenId = '', timestamp = '', meterStart = -1 } = start;
  const said = [chargerKey, connectorId, tokenId.toUpperCase(), timestamp, meterStart];
  const content = after === undefined ? said : [...said, after];
  for (let probe = 0; probe < mostProposals; probe += 1) {
    const digest = contentDigest(JSON.stringify([...content, probe]));
    const number = digest.slice(0, 4).reduce((sum, byte) => sum * 256 + byte, 0);
    yield String(1 + (number % highestTransactionId));
  }
}
