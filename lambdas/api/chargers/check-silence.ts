import type { ChargerFacts } from '../../connection/charger-facts.ts';
import { lastHeardAt } from '../../connection/last-heard-at.ts';
import { endConnection } from '../../store/chargers/connections.ts';
import type { Caller } from '../api-route.ts';

/** Ms after its last kept sign of life until a charger whose connection counts as open is doubted. */
const patience = 15 * 60_000;

/** Ms for which the gateway's word that a connection is open is believed: it is not asked by every look at a fleet. */
const believedFor = 60_000;

const mostRemembered = 10_000;

/** Until when a connection is believed to be open, epoch ms. */
const believed = new Map<string, number>();

/**
 * A charger as it is now: API Gateway may end a connection without saying so, and the heartbeats of a quarter of an hour are kept
 * as one. It is asked about those chargers alone that count as connected and left no sign for longer than that; a connection that
 * it knows no more has ended with the last sign.
 */
export async function checkSilence(caller: Caller, facts: ChargerFacts): Promise<ChargerFacts> {
  const { connection, charger } = facts;
  if (connection === undefined || connection.disconnectedAt !== undefined) return facts;
  const now = Date.parse(caller.now);
  const heard = lastHeardAt(facts) ?? connection.connectedAt;
  if (now - Date.parse(heard) <= patience) return facts;
  const { connectionId } = connection;
  if ((believed.get(connectionId) ?? 0) > now) return facts;
  const found = await caller.askConnection(connectionId);
  if (found !== 'gone') {
    if (believed.size >= mostRemembered) believed.clear();
    believed.set(connectionId, now + believedFor);
    return facts;
  }
  await endConnection(caller.database, charger.chargerKey, connectionId, heard);
  return { ...facts, connection: { ...connection, disconnectedAt: heard } };
}
