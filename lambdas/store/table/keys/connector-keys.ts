import type { ConnectorRef } from '../../../../core/charger/connector-ref.ts';
import { chargerPk } from './charger-keys.ts';
import type { Key } from './key.ts';

/** Start of the sort keys of a charger's connectors. */
export const connectorPrefix = 'EVSE#';

const connectorPart = ({ evseId, connectorId }: ConnectorRef): string =>
  `${connectorPrefix}${evseId}#CONNECTOR#${connectorId}`;

/** A connector of an EVSE; 0 and 0 mean the whole charger. */
export const connectorKey = (chargerKey: string, connector: ConnectorRef): Key => ({
  pk: chargerPk(chargerKey),
  sk: connectorPart(connector),
});

/** The connector that a sort key names. */
export function connectorOfKey(sk: string): ConnectorRef {
  const [, evseId, , connectorId] = sk.split('#');
  return { evseId: Number(evseId), connectorId: Number(connectorId) };
}
