import { isPossibleConnector } from '../../../charger/connector-ref.ts';
import { connectorNumbered } from '../../v16/connector-numbered.ts';
import type { Flag } from '../quirk.ts';

/** A message names a connector that no charger has, -1 or 4711 for example: it is evidence, and makes no connector. */
export const impossibleConnector = {
  kind: 'flags',
  name: 'impossible-connector',
  applies: ({ connectorId }) =>
    typeof connectorId === 'number' && !isPossibleConnector(connectorNumbered(connectorId)),
} as const satisfies Flag;
