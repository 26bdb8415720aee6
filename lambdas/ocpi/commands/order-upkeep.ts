import { chargerKey as chargerKeyOf } from '../../../core/charger/charger-key.ts';
import type {
  CancelReservation,
  StopSession,
  UnlockConnector,
} from '../../../core/ocpi/model/command.ts';
import { numbersConnectorsByEvse } from '../../../core/ocpp/protocol.ts';
import type { SharedSession } from '../../roaming/shared-object.ts';
import { sharedScope } from '../../roaming/shared-scope.ts';
import { connectorFrom, readChargerItems } from '../../store/chargers/connectors.ts';
import { readPartnerReservation } from '../../store/partners/partner-reservations.ts';
import { readPublication } from '../../store/partners/publications.ts';
import { readSession } from '../../store/sessions/sessions.ts';
import { isElsewhere, type OcpiCaller } from '../ocpi-caller.ts';
import { findCharger, type PlacedTarget, readTarget } from './find-charger.ts';
import type { Ordered } from './order-charging.ts';
import { orderCommand } from './order-command.ts';

/** Reads a session of a driver of the caller as it sees it; undefined for one of anybody else's. */
async function readOwn(
  { database, partner: { operatorId, partnerId }, asking }: OcpiCaller,
  sessionId: string,
): Promise<SharedSession | undefined> {
  const scope = sharedScope(partnerId, asking);
  const list = { operatorId, scope, module: 'sessions' } as const;
  return (await readPublication<SharedSession>(database, list, sessionId))?.object;
}

/** Has a session of a driver of the caller stopped; one of another partner is not known to it. */
export async function orderStop(caller: OcpiCaller, asked: StopSession): Promise<Ordered> {
  const { sessionId } = asked;
  const own = await readOwn(caller, sessionId);
  const us = own?.driver.party;
  const session =
    us === undefined || isElsewhere(caller, us)
      ? undefined
      : (await readSession(caller.database, sessionId, true))?.session;
  if (session === undefined) {
    return { result: 'UNKNOWN_SESSION', message: 'The session is not known.' };
  }
  if (session.state !== 'active') {
    return { result: 'REJECTED', message: 'The session has ended already.' };
  }
  const target = await readTarget(caller, chargerKeyOf(session.operatorId, session.chargerId));
  if ('result' in target) return target;
  const request = { type: 'stop', transactionId: session.transactionId } as const;
  return await orderCommand(caller, target, request, { ...asked, us });
}

/** Takes a reservation of the caller back. */
export async function orderCancellation(
  caller: OcpiCaller,
  asked: CancelReservation,
): Promise<Ordered> {
  const { operatorId, partnerId } = caller.partner;
  const { reservationId } = asked;
  const scope = sharedScope(partnerId, caller.asking);
  const held = await readPartnerReservation(caller.database, operatorId, scope, reservationId);
  if (held === undefined || (held.us !== undefined && isElsewhere(caller, held.us))) {
    return { result: 'REJECTED', message: 'The reservation is not known.' };
  }
  const target = await readTarget(caller, held.chargerKey);
  if ('result' in target) return target;
  const request = { type: 'cancel-reservation', reservationId: held.number } as const;
  const { responseUrl } = asked;
  return await orderCommand(caller, target, request, { responseUrl, us: held.us });
}

/** Says whether somebody else than a driver of the caller charges at an EVSE: that cable is not the caller's to release. */
async function isTaken(caller: OcpiCaller, { charger, connector }: PlacedTarget): Promise<boolean> {
  const { connectors } = await readChargerItems(caller.database, charger.chargerKey, true);
  const open = connectors
    .map(connectorFrom)
    .filter(({ evseId }) => connector === undefined || evseId === connector.evseId)
    .flatMap(({ openSessionId }) => openSessionId ?? []);
  for (const sessionId of open) {
    const session = (await readSession(caller.database, sessionId, true))?.session;
    if (session?.state === 'active' && (await readOwn(caller, sessionId)) === undefined)
      return true;
  }
  return false;
}

/** Has a cable released, unless somebody else's driver charges with it. */
export async function orderUnlock(caller: OcpiCaller, asked: UnlockConnector): Promise<Ordered> {
  const target = await findCharger(caller, asked.locationId, asked.evseUid);
  if (target === 'unknown-location' || 'result' in target) return target;
  const { connector, connection, us } = target;
  const number = Number(asked.connectorId);
  if (connector === undefined || !Number.isInteger(number)) return 'unknown-location';
  if (await isTaken(caller, target)) {
    return { result: 'REJECTED', message: 'Somebody else charges there.' };
  }
  const named = numbersConnectorsByEvse(connection.protocol)
    ? { evseId: connector.evseId, connectorId: number }
    : connector;
  const { responseUrl } = asked;
  const request = { type: 'unlock', connector: named } as const;
  return await orderCommand(caller, target, request, { responseUrl, us });
}
