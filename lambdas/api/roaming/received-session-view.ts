import * as z from 'zod';
import { sessionState } from '../../../core/ocpi/received/session-state.ts';
import type { HeldSession } from '../../store/received/received-sessions.ts';
import { decimalText, timeText } from '../common-schemas.ts';
import { PartnerCostSchema, partnerCost } from './partner-cost.ts';

/** A session of one of our drivers at a partner as it is shown. */
export const ReceivedSessionSchema = z
  .strictObject({
    roamingSessionId: z.string(),
    roaming: z.literal(true),
    partnerId: z.string(),
    countryCode: z.string(),
    partyId: z.string(),
    sessionId: z.string().meta({ description: 'The partner’s id, which commands name.' }),
    state: z.enum(['active', 'ended']),
    status: z.string().meta({ description: 'As the partner has it.' }),
    tokenId: z.string(),
    accountId: z.string().nullable(),
    locationId: z.string(),
    evseUid: z.string(),
    connectorId: z.string(),
    startedAt: timeText,
    endedAt: timeText.nullable(),
    energyKwh: decimalText,
    cost: PartnerCostSchema.nullable().meta({ description: 'So far; null does not mean free.' }),
    lastUpdated: timeText,
    receivedAt: timeText,
  })
  .meta({ id: 'RoamingSession' });

/** Shows a session of one of our drivers at a partner. */
export const receivedSessionView = ({
  receivedId,
  from,
  session,
  accountId,
  receivedAt,
}: HeldSession) => ({
  roamingSessionId: receivedId,
  roaming: true as const,
  partnerId: from.partnerId,
  countryCode: session.countryCode,
  partyId: session.partyId,
  sessionId: session.id,
  state: sessionState(session),
  status: session.status,
  tokenId: session.cdrToken.uid,
  accountId: accountId ?? null,
  locationId: session.locationId,
  evseUid: session.evseUid,
  connectorId: session.connectorId,
  startedAt: session.startDateTime,
  endedAt: session.endDateTime ?? null,
  energyKwh: session.kwh,
  cost: session.totalCost === undefined ? null : partnerCost(session.currency, session.totalCost),
  lastUpdated: session.lastUpdated,
  receivedAt,
});
