import type { Repair } from '../quirk.ts';

const placed = ['StartTransaction', 'MeterValues'];

/** The connector is missing: charging happens at connector 1, the only one of most chargers. */
export const missingConnector = {
  kind: 'repairs',
  name: 'missing-connector',
  applies: (action, payload) => placed.includes(action) && payload['connectorId'] === undefined,
  repair: (payload) => ({ ...payload, connectorId: 1 }),
} as const satisfies Repair;
