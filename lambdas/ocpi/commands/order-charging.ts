import { wholeCharger } from '../../../core/charger/connector-ref.ts';
import { chargerTokenId } from '../../../core/ocpi/command/charger-token-id.ts';
import { hubOf } from '../../../core/ocpi/hub/hub-of.ts';
import type { ReserveNow, StartSession } from '../../../core/ocpi/model/command.ts';
import { requestNumber } from '../../../core/ocpp/request-number.ts';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import { sharedScope } from '../../roaming/shared-scope.ts';
import { writePartnerReservation } from '../../store/partners/partner-reservations.ts';
import { keepCommandedToken } from '../../store/partners/partner-tokens.ts';
import type { OcpiCaller } from '../ocpi-caller.ts';
import { findCharger } from './find-charger.ts';
import { orderCommand } from './order-command.ts';
import type { Refusal } from './refusal.ts';

/** A command that was taken, or why it was not. */
export type Ordered = 'ordered' | Refusal | 'unknown-location';

/** How long a driver has to begin after a START_SESSION, ms: the text gives a token 15 minutes at its EVSE. */
const timeToBegin = 15 * 60_000;

/** Lets the token of a command charge until then; gives the id by which the charger gets it. */
async function admit(
  { database, services, partner: { operatorId, partnerId, registration } }: OcpiCaller,
  { token, authorizationReference }: Pick<StartSession, 'token' | 'authorizationReference'>,
  until: number,
): Promise<{ readonly tokenId: string } | Refusal> {
  const tokenId = chargerTokenId(partnerId, token.uid);
  const isThroughHub = registration !== undefined && hubOf(registration) !== undefined;
  const kept = await keepCommandedToken(
    database,
    operatorId,
    tokenId,
    { partnerId, token, isThroughHub },
    omitUndefined({ until: new Date(until).toISOString(), authorizationReference }),
    new Date(services.now()).toISOString(),
  );
  return kept === 'taken'
    ? { result: 'REJECTED', message: 'Another party has this token.' }
    : { tokenId };
}

/** Has a session started for a driver of a partner. */
export async function orderStart(caller: OcpiCaller, asked: StartSession): Promise<Ordered> {
  const target = await findCharger(caller, asked.locationId, asked.evseUid);
  if (target === 'unknown-location' || 'result' in target) return target;
  const admitted = await admit(caller, asked, caller.services.now() + timeToBegin);
  if ('result' in admitted) return admitted;
  const { connector } = target;
  const request = omitUndefined({ type: 'start' as const, ...admitted, connector });
  const { responseUrl } = asked;
  return await orderCommand(caller, target, request, { responseUrl, us: target.us });
}

/** Has an EVSE kept free for a driver of a partner: under a number that is ours, always the same for the same reservation. */
export async function orderReservation(caller: OcpiCaller, asked: ReserveNow): Promise<Ordered> {
  const { partner, services, database } = caller;
  const { reservationId, locationId, expiryDate, responseUrl } = asked;
  const target = await findCharger(caller, locationId, asked.evseUid);
  if (target === 'unknown-location' || 'result' in target) return target;
  const until = Date.parse(expiryDate);
  if (!(until > services.now())) {
    return { result: 'REJECTED', message: 'The reservation has expired already.' };
  }
  const admitted = await admit(caller, asked, until);
  if ('result' in admitted) return admitted;
  const { operatorId, partnerId } = partner;
  const scope = sharedScope(partnerId, caller.asking);
  const number = requestNumber(`${scope} ${locationId} ${reservationId}`);
  const { chargerKey } = target.charger;
  await writePartnerReservation(database, {
    ...omitUndefined({ operatorId, scope, partnerId, party: caller.asking }),
    reservationId,
    chargerKey,
    number,
    responseUrl,
    us: target.us,
    expiresAt: new Date(until).toISOString(),
  });
  const request = {
    type: 'reserve' as const,
    reservationId: number,
    ...admitted,
    connector: target.connector ?? wholeCharger,
    expiresAt: new Date(until).toISOString(),
  };
  return await orderCommand(caller, target, request, { responseUrl, us: target.us });
}
