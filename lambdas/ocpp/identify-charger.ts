import { type ChargerContext, contextOf, readContext } from '../connection/charger-context.ts';
import type { ConnectionEvent } from '../connection/connection-event.ts';
import { chargerFrom } from '../store/chargers/chargers.ts';
import { chargerOfConnection, connectionFrom } from '../store/chargers/connections.ts';
import { readSite } from '../store/locations/read-site.ts';
import type { Database } from '../store/table/client.ts';
import { getItems } from '../store/table/get-item.ts';
import { chargerItemKey, connectionKey } from '../store/table/keys/charger-keys.ts';

const mostRemembered = 1_000;

const remembered = new Map<string, ChargerContext>();

/**
 * Tells who sent a message: from the authorizer's context, which costs nothing, or, should a message come without it,
 * by the connection's id, once for each connection. Undefined when the connection is nobody's.
 */
export async function identifyCharger(
  database: Database,
  { authorizer, connectionId }: ConnectionEvent['requestContext'],
): Promise<ChargerContext | undefined> {
  const context = readContext(authorizer) ?? remembered.get(connectionId);
  if (context !== undefined) return context;
  const found = await lookUp(database, connectionId);
  if (found === undefined) return undefined;
  if (remembered.size >= mostRemembered) remembered.clear();
  remembered.set(connectionId, found);
  return found;
}

async function lookUp(
  database: Database,
  connectionId: string,
): Promise<ChargerContext | undefined> {
  const chargerKey = await chargerOfConnection(database, connectionId);
  if (chargerKey === undefined) return undefined;
  const [chargerItem, connectionItem] = await getItems(database, [
    chargerItemKey(chargerKey),
    connectionKey(chargerKey),
  ]);
  const connection = connectionFrom(connectionItem);
  if (chargerItem === undefined || connection === undefined) return undefined;
  const charger = chargerFrom(chargerItem);
  return contextOf(charger, connection.protocol, await readSite(database, charger));
}
