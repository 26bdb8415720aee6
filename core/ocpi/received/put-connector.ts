import type { PartnerConnector } from '../model/connector.ts';
import type { PartnerEvse } from '../model/evse.ts';
import { sameId } from '../model/same-id.ts';
import { laterOf } from './later-of.ts';

/** The connector of an EVSE by its id, without regard to case. */
export const connectorIn = (evse: PartnerEvse, id: string): PartnerConnector | undefined =>
  evse.connectors.find((one) => sameId(one.id, id));

/** An EVSE with a connector in the place of the one of its id, or as its last; the EVSE is as new as the connector. */
export const putConnector = (evse: PartnerEvse, connector: PartnerConnector): PartnerEvse => {
  const held = connectorIn(evse, connector.id);
  return {
    ...evse,
    connectors:
      held === undefined
        ? [...evse.connectors, connector]
        : evse.connectors.map((one) => (one === held ? connector : one)),
    lastUpdated: laterOf(connector.lastUpdated, evse.lastUpdated),
  };
};
