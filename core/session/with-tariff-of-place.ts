import { isSameConnector } from '../charger/connector-ref.ts';
import type { Session } from './session.ts';

/**
 * The session with the tariff of the connector that it is known to be on. A start of OCPP 2.x may come before its EVSE or connector
 * is known; the tariffs are those of the start nevertheless.
 */
export function withTariffOfPlace(session: Session): Session {
  const { tariffs, tariffId: _before, ...rest } = session;
  if (tariffs === undefined) return session;
  const own = tariffs.connectors.find((one) => isSameConnector(one, session));
  const tariffId = own?.tariffId ?? tariffs.charger;
  return tariffId === undefined ? { ...rest, tariffs } : { ...rest, tariffs, tariffId };
}
