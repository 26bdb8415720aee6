import type { JsonObject } from '../json-object.ts';
import type { Mend } from './quirk.ts';

const placed = ['StartTransaction', 'MeterValues', 'StatusNotification'];

const connectorOf = (payload: JsonObject): number => (payload['status'] === undefined ? 1 : 0);

/**
 * The connector is missing: charging happens at connector 1, the only one of most chargers,
 * and a status is that of the whole charger.
 */
export const missingConnector = {
  kind: 'mends',
  name: 'missing-connector',
  applies: (action, payload) => placed.includes(action) && payload['connectorId'] === undefined,
  mend: (payload) => ({ ...payload, connectorId: connectorOf(payload) }),
} as const satisfies Mend;
