import { canonicalJson } from '../../core/cdr/seal/canonical-json.ts';
import { hubOf } from '../../core/ocpi/hub/hub-of.ts';
import type { Party } from '../../core/ocpi/model/party.ts';
import type { OurParty } from '../../core/ocpi/partner/our-party.ts';
import type { Partner } from '../../core/ocpi/partner/partner.ts';
import { partnerSession, type SessionProgress } from '../../core/ocpi/publish/partner-session.ts';
import type { SharedPlace } from '../../core/ocpi/publish/shared-session.ts';
import { paidTariff } from '../../core/session/paid-tariff.ts';
import { shownTimes } from '../../core/session/shown-times.ts';
import { milliWattHours } from '../../core/units/energy.ts';
import { formatKwh } from '../../core/units/format-kwh.ts';
import { omitUndefined } from '../../core/units/omit-undefined.ts';
import { tariffOf } from '../billing/tariff-of.ts';
import type { SharedCdr, SharedSession } from '../roaming/shared-object.ts';
import { sharedScope } from '../roaming/shared-scope.ts';
import { logger } from '../runtime/logger.ts';
import { readSealedCdr } from '../store/cdrs/cdrs.ts';
import { readPublication } from '../store/partners/publications.ts';
import { readProgress } from '../store/sessions/running-view.ts';
import type { StoredSession } from '../store/sessions/session-item.ts';
import { readSession } from '../store/sessions/sessions.ts';
import type { Database } from '../store/table/client.ts';
import type { PublicationList } from '../store/table/keys/partner-keys.ts';
import { publishChange } from './publish-change.ts';
import { type RoamingDriver, readDriver } from './read-driver.ts';
import { readPlace } from './read-place.ts';

/** A session of a partner's driver, as that partner sees it from now on. */
export type PublishedSession = {
  readonly partner: Partner;
  readonly stored: StoredSession;
  readonly shared: SharedSession;
  readonly change: 'published' | 'unchanged';
};

/** The list of what a partner sees of one module; behind a hub, that of one party. */
export const listFor = (
  { operatorId, partnerId }: Pick<Partner, 'operatorId' | 'partnerId'>,
  module: 'sessions' | 'cdrs' | 'chargingprofiles',
  party?: Party,
): PublicationList => ({ operatorId, scope: sharedScope(partnerId, party), module });

/** Behind a hub, the party of the driver has a list of its own beside that of all the hub's parties. */
export async function publishToParty<T extends SharedSession | SharedCdr>(
  database: Database,
  { registration, ...partner }: Partner,
  module: 'sessions' | 'cdrs',
  objectId: string,
  shared: T,
): Promise<void> {
  if (registration === undefined || hubOf(registration) === undefined) return;
  const list = listFor(partner, module, shared.driver.token);
  await publishChange<T>(database, list, objectId, (before) =>
    before?.lastUpdated === shared.lastUpdated ? undefined : shared,
  );
}

/** How far a session is: from its sealed CDR, else from what it came to when it was held, else from its running view. */
async function progressOf(
  database: Database,
  { session, chargerKey, result, creditSequence }: StoredSession,
): Promise<SessionProgress | undefined> {
  const { startedAt, endedAt } = shownTimes(session);
  if (startedAt === null) return undefined;
  const { sessionId, state } = session;
  const sequence = result?.cdrSequence;
  const sealed =
    sequence === undefined ? undefined : await readSealedCdr(database, chargerKey, sequence, true);
  const progress = result === undefined ? await readProgress(database, sessionId, true) : undefined;
  const live = progress?.kind === 'running' ? progress.live : undefined;
  const tariff = live?.cost === undefined ? await tariffOf(database, session) : undefined;
  return omitUndefined({
    sessionId,
    startedAt,
    endedAt: endedAt ?? undefined,
    state,
    kwh: formatKwh(milliWattHours(result?.energy ?? live?.energy ?? 0n)),
    cost: live?.cost,
    currency: tariff?.currency,
    sealed,
    isFree: creditSequence === undefined ? undefined : (true as const),
  });
}

/** The place of a session with the tariff that the session is paid by, whatever the place or the partner has by now. */
function pricedPlace<Unknown extends { readonly missing: string }>(
  place: SharedPlace | Unknown,
  { session }: StoredSession,
): SharedPlace | Unknown {
  const tariffId = paidTariff(session);
  if ('missing' in place || tariffId === undefined) return place;
  const connector = { ...place.connector, tariffIds: [tariffId] };
  const evse = { ...place.evse, connectors: [connector] };
  return { location: { ...place.location, evses: [evse] }, evse, connector };
}

async function show(
  database: Database,
  stored: StoredSession,
  { partner, driver }: RoamingDriver,
  now: number,
): Promise<PublishedSession | undefined> {
  const list = listFor(partner, 'sessions');
  const { sessionId } = stored.session;
  const seen = await readPublication<SharedSession>(database, list, sessionId);
  // Driver and place stay what they were when the partner first saw the session.
  const place =
    seen?.object.place ?? pricedPlace(await readPlace(database, driver.party, stored, now), stored);
  if ('missing' in place) {
    logger.info('A session is not shown to a partner', { sessionId, reason: place.missing });
    return undefined;
  }
  const progress = await progressOf(database, stored);
  if (progress === undefined) return undefined;
  const at = new Date(now).toISOString();
  const sharedOf = (before: SharedSession | undefined): SharedSession => {
    const known = { driver: before?.driver ?? driver, place: before?.place ?? place };
    const session = partnerSession(progress, known.driver, known.place, at);
    return { kind: 'session', ...known, session, losses: [], lastUpdated: at };
  };
  const factsOf = ({ session: { lastUpdated: _, ...facts } }: SharedSession): string =>
    canonicalJson(facts);
  let shared = sharedOf(seen?.object);
  const change = await publishChange<SharedSession>(database, list, sessionId, (before) => {
    shared = sharedOf(before);
    if (before === undefined || factsOf(before) !== factsOf(shared)) return shared;
    shared = before;
    return undefined;
  });
  await publishToParty(database, partner, 'sessions', sessionId, shared);
  return { partner, stored, shared, change };
}

/** Shows a session to the partner of its driver, as it is now; undefined for one that is of no partner, or cannot be said. */
export async function publishSession(
  database: Database,
  parties: readonly OurParty[],
  sessionId: string,
  now: number,
): Promise<PublishedSession | undefined> {
  const stored = await readSession(database, sessionId, true);
  if (stored === undefined) return undefined;
  const driver = await readDriver(database, parties, stored);
  return driver === undefined ? undefined : await show(database, stored, driver, now);
}
