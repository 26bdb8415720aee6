import { tooLong } from '../../core/ocpi/codec/too-long.ts';
import type { OcpiOutcome } from '../../core/ocpi/envelope/outcome.ts';
import { allTranslators } from '../../core/ocpi/partner/all-translators.ts';
import { answerPreferences } from '../../core/ocpi/preferences/answer-preferences.ts';
import { repairDocument } from '../../core/ocpi/quirks/repair-document.ts';
import { instant } from '../../core/units/instant.ts';
import { omitUndefined } from '../../core/units/omit-undefined.ts';
import type { SharedSession } from '../roaming/shared-object.ts';
import { sharedScope } from '../roaming/shared-scope.ts';
import { readPublication } from '../store/partners/publications.ts';
import { keepPreferences } from '../store/sessions/charging-preferences.ts';
import { readSession } from '../store/sessions/sessions.ts';
import { isElsewhere, type OcpiCaller } from './ocpi-caller.ts';
import type { OcpiRequest } from './ocpi-request.ts';
import type { ModulePlace } from './place.ts';

/** The profile types that a session is charged by without anybody planning it: at once, with the power that there is. */
const honoured = ['FAST', 'REGULAR'];

const notFound: OcpiOutcome = { kind: 'object-not-found' };

/** Takes the wishes of a driver of the caller for a session, if they can be met. */
export async function takePreferences(
  caller: OcpiCaller,
  { version }: ModulePlace,
  { body }: OcpiRequest,
  sessionId: string,
): Promise<OcpiOutcome> {
  const { database, services, partner, asking } = caller;
  const pair = allTranslators[version].chargingPreferences;
  const { operatorId, partnerId, quirks } = partner;
  const scope = sharedScope(partnerId, asking);
  const list = { operatorId, scope, module: 'sessions' } as const;
  const seen = pair && (await readPublication<SharedSession>(database, list, sessionId));
  if (pair === undefined || seen === undefined) return notFound;
  if (isElsewhere(caller, seen.object.driver.party)) return notFound;
  const now = services.now();
  const receivedAt = new Date(now).toISOString();
  const { document } = repairDocument(body ?? null, quirks, { receivedAt });
  const read = pair.from(document, { owner: seen.object.driver.party });
  if (read.kind === 'malformed') return { kind: 'invalid', problems: read.problems };
  const problems = tooLong(read.value, '');
  if (problems.length > 0) return { kind: 'invalid', problems };
  const session = (await readSession(database, seen.objectId, true))?.session;
  const answer = answerPreferences(
    read.value,
    omitUndefined({
      capabilities: seen.object.place.evse.capabilities,
      honoured,
      maxPower: session?.maxPowerW === undefined ? undefined : BigInt(session.maxPowerW),
      now: instant(BigInt(now)),
    }),
  );
  if (answer === 'no-capability') return { kind: 'preferences-not-possible' };
  if (answer !== 'ACCEPTED') return { kind: 'ok', data: answer };
  const kept = await keepPreferences(database, seen.objectId, read.value);
  return { kind: 'ok', data: kept === 'kept' ? answer : 'NOT_POSSIBLE' };
}
