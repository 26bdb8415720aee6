import type { Attempt } from '../../../core/payment/attempt.ts';
import { readChargerAndConnection } from '../../store/chargers/charger-and-connection.ts';
import { createToken } from '../../store/operators/tokens.ts';
import type { Database } from '../../store/table/client.ts';
import { type AttemptCommand, sendOnce } from './send-once.ts';

/** Seconds after which a start is pointless: its driver has been told by then. */
const seconds = 80;
/** Ms for which its token may start a session, should the charger forget that it was asked to. */
const validFor = 86_400_000;

/** Makes the token of an attempt, and asks its charger once to start a session with it. */
export async function startAttempt(
  database: Database,
  attempt: Attempt,
  nowMs: number,
): Promise<void> {
  const { operatorId, chargerKey, attemptId, evseId, connectorId } = attempt;
  const validUntil = new Date(nowMs + validFor).toISOString();
  await createToken(database, operatorId, { tokenId: attemptId, status: 'Accepted', validUntil });
  const { connection } = await readChargerAndConnection(database, chargerKey);
  if (connection === undefined) return;
  const connector = { evseId, connectorId };
  const start = {
    request: { type: 'start', tokenId: attemptId, connector },
    mark: 'p',
    seconds,
    isSame: (request) => request.type === 'start' && request.tokenId === attemptId,
  } as const satisfies AttemptCommand;
  await sendOnce(database, attempt, connection, start, new Date(nowMs).toISOString());
}
