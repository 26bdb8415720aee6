import { isSameConnector } from '../../../core/charger/connector-ref.ts';
import { normalizeTokenId } from '../../../core/token/normalize-token-id.ts';
import type { Command } from '../../store/commands/command-item.ts';
import { readOperator, shardsOf } from '../../store/operators/operators.ts';
import type { StoredSession } from '../../store/sessions/session-item.ts';
import { listSessions } from '../../store/sessions/sessions.ts';
import type { Database } from '../../store/table/client.ts';

/** Ms within which a charger that accepted a start begins the session: it may wait for the driver to plug in. */
const longestWait = 10 * 60_000;

/**
 * The session that a `start` began: the first one of its token that its charger reported in the ten minutes after the command,
 * on its connector where it names one. OCPP 1.6 has no word for it.
 */
export async function startedSession(
  database: Database,
  { request, state, sentAt, operatorId, chargerKey }: Command,
): Promise<string | undefined> {
  if (request.type !== 'start' || sentAt === undefined) return undefined;
  if (state !== 'accepted' && state !== 'timed-out') return undefined;
  const operator = await readOperator(database, operatorId);
  const from = Date.parse(sentAt);
  const isIts = ({ session }: StoredSession): boolean => {
    const received = Date.parse(session.start?.receivedAt ?? '');
    if (!(received >= from && received <= from + longestWait)) return false;
    if (normalizeTokenId(session.start?.tokenId ?? '') !== normalizeTokenId(request.tokenId)) {
      return false;
    }
    const { connector } = request;
    if (connector === undefined || connector.evseId === 0) return true;
    return connector.connectorId === 0
      ? connector.evseId === session.evseId
      : isSameConnector(connector, session);
  };
  const { items } = await listSessions(database, operatorId, {
    states: ['active', 'ended', 'void'],
    shards: operator === undefined ? [] : shardsOf(operator),
    chargerKey,
    limit: 50,
  });
  return items.findLast(isIts)?.session.sessionId;
}
