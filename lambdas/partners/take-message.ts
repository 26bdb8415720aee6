import type { OurParty } from '../../core/ocpi/partner/our-party.ts';
import { partiesAs } from '../../core/ocpi/partner/party-for.ts';
import { isAboutProfiles } from '../../core/ocpi/profiles/result-of-profile.ts';
import type { SendOutbound } from '../outbound/send-outbound.ts';
import type { PartnerMessage, SharedThing } from '../roaming/partner-message.ts';
import type { RoamingServices } from '../roaming/roaming-services.ts';
import type { SendPartnerMessages } from '../roaming/send-partner-messages.ts';
import { toldResult } from '../roaming/told-result.ts';
import { readCharger } from '../store/chargers/chargers.ts';
import { readCommand } from '../store/commands/commands.ts';
import { listLocations } from '../store/locations/locations.ts';
import { readOurParties } from '../store/partners/ocpi-settings.ts';
import type { Database } from '../store/table/client.ts';
import { askAgain, askForProfiles } from './ask-for-profiles.ts';
import { beginDuePulls } from './begin-due-pulls.ts';
import { publishCdr } from './publish-cdr.ts';
import { publishLocation } from './publish-location.ts';
import { publishSession } from './publish-session.ts';
import { publishTariff } from './publish-tariff.ts';
import { publishTokens } from './publish-token.ts';
import { pullPage } from './pull-page.ts';
import { partnersOf, pushTo, type Shown } from './push-to-partners.ts';
import { showInvoice } from './show-invoice.ts';
import { showPriceLists } from './show-price-lists.ts';
import { showProfile } from './show-profile.ts';
import { tellDropped, tellUnknown } from './tell-dropped.ts';
import { wakePushes } from './wake-pushes.ts';

/** The surroundings of what is shown to partners. */
export type Publishing = {
  readonly database: Database;
  readonly send: SendPartnerMessages;
  /** Has what changed pushed to partners. */
  readonly push: SendOutbound;
  readonly services: RoamingServices;
  /** Epoch ms. */
  readonly now: () => number;
};

/**
 * Shows a location with the tariffs that it names. It is pushed even where nothing seems to have changed, as when the run that
 * showed the change ended before it pushed; but not while everything is looked at.
 */
async function showLocation(
  publishing: Publishing,
  parties: readonly OurParty[],
  operatorId: string,
  locationId: string,
  isAlwaysPushed: boolean,
  touched: readonly string[] = [],
): Promise<void> {
  const { database, now } = publishing;
  const shown = await publishLocation(database, parties, operatorId, locationId, now(), touched);
  const pushed: Shown[] = [{ module: 'locations', objectId: locationId, change: shown.change }];
  const { party } = shown;
  const named =
    party === undefined ? [] : shown.tariffIds.map((tariffId) => ({ tariffId, party, parties }));
  for (const tariff of named) {
    const { change, name } = await publishTariff(database, tariff, operatorId, {
      onlyIfSeen: false,
    });
    pushed.push({ module: 'tariffs', objectId: name, change });
  }
  const isRepeated = isAlwaysPushed && shown.change === 'unchanged';
  const wanted = pushed.filter(
    ({ change }) => change === 'published' || (isRepeated && change === 'unchanged'),
  );
  if (wanted.length === 0 && isAlwaysPushed) return;
  const partners = await partnersOf(database, operatorId);
  await pushTo(publishing, partners, wanted);
  if (party === undefined) return;
  const whose = { parties, party };
  await showPriceLists(publishing, whose, partners, shown.tariffIds, { onlyIfSeen: false });
}

async function showTariff(
  publishing: Publishing,
  parties: readonly OurParty[],
  operatorId: string,
  tariffId: string,
): Promise<void> {
  const { database } = publishing;
  const partners = await partnersOf(database, operatorId);
  for (const party of partiesAs(parties, 'CPO')) {
    const tariff = { tariffId, party, parties };
    const { change, name } = await publishTariff(database, tariff, operatorId, {
      onlyIfSeen: true,
    });
    if (change !== 'not-shown') {
      await pushTo(publishing, partners, [{ module: 'tariffs', objectId: name }]);
    }
    const whose = { parties, party };
    await showPriceLists(publishing, whose, partners, [tariffId], { onlyIfSeen: true });
  }
}

/** A session is pushed to its partner alone, whether or not it seems to have changed: what the partner has decides. */
async function showSession(
  publishing: Publishing,
  parties: readonly OurParty[],
  sessionId: string,
): Promise<void> {
  const { database, now } = publishing;
  const shown = await publishSession(database, parties, sessionId, now());
  if (shown === undefined) return;
  await pushTo(publishing, [shown.partner], [{ module: 'sessions', objectId: sessionId }]);
}

/** Has the result of a command sent to the partner that it concerns, or what it changed for one. */
async function tellResult(
  publishing: Publishing,
  parties: readonly OurParty[],
  operatorId: string,
  { chargerKey, sequence }: { readonly chargerKey: string; readonly sequence: string },
): Promise<void> {
  const { database, push } = publishing;
  const command = await readCommand(database, chargerKey, sequence);
  if (command === undefined) return;
  await tellUnknown(publishing, operatorId, command);
  if (command.profileOf !== undefined)
    return await showProfile({ database, push }, parties, command);
  if (isAboutProfiles(command.request.type)) {
    await askForProfiles({ database, push }, operatorId, command);
  }
  const told = await toldResult(database, command);
  if (told === undefined) return;
  const { partnerId } = told;
  const result = { kind: 'result', operatorId, partnerId, chargerKey, sequence } as const;
  await push([{ ...result, isDropped: false, waitSeconds: 0 }]);
}

async function showCdr(
  publishing: Publishing,
  parties: readonly OurParty[],
  place: { readonly chargerKey: string; readonly sequence: number },
): Promise<void> {
  const { database, now } = publishing;
  const shown = await publishCdr(database, parties, place, now());
  if (shown === undefined) return;
  await pushTo(
    publishing,
    [shown.partner],
    [
      { module: 'sessions', objectId: shown.stored.session.sessionId },
      { module: 'cdrs', objectId: shown.cdrId },
    ],
  );
}

async function look(
  publishing: Publishing,
  parties: readonly OurParty[],
  operatorId: string,
  thing: SharedThing,
): Promise<void> {
  const { database } = publishing;
  switch (thing.kind) {
    case 'location':
      return await showLocation(publishing, parties, operatorId, thing.locationId, true);
    case 'charger': {
      const charger = await readCharger(database, thing.chargerKey);
      if (charger?.locationId === undefined) return;
      return await showLocation(publishing, parties, operatorId, charger.locationId, true);
    }
    case 'tariff':
      // Only one that partners see already: others may be meant for nobody of theirs.
      return await showTariff(publishing, parties, operatorId, thing.tariffId);
    case 'command':
      return await tellResult(publishing, parties, operatorId, thing);
    case 'reservation':
    case 'released':
      return await tellDropped(publishing, operatorId, thing);
    case 'limits':
      return await askAgain(publishing, operatorId, thing);
    case 'connected':
      return await wakePushes(publishing, operatorId, thing);
    case 'session':
      return await showSession(publishing, parties, thing.sessionId);
    case 'invoice':
      return await showInvoice(publishing, operatorId, thing);
    case 'cdr':
      return await showCdr(publishing, parties, thing);
    default:
      return thing satisfies never;
  }
}

/** Locations that one run looks at before the next one goes on. */
const locationsAtOnce = 10;

async function lookAtEverything(
  publishing: Publishing,
  parties: readonly OurParty[],
  message: Extract<PartnerMessage, { readonly kind: 'everything' }>,
): Promise<void> {
  const { database, send } = publishing;
  const { operatorId, after } = message;
  const request = { limit: locationsAtOnce, after };
  const { items, next } = await listLocations(database, operatorId, request);
  for (const { locationId } of items) {
    await showLocation(publishing, parties, operatorId, locationId, false, message.touched);
  }
  if (next !== null) await send([{ ...message, after: next }]);
}

/** Looks at what may have changed for partners, and shows them what did. */
export async function takeMessage(
  publishing: Publishing,
  message: PartnerMessage,
): Promise<string> {
  const { operatorId } = message;
  const parties = await readOurParties(publishing.database, operatorId);
  if (message.kind === 'token' || message.kind === 'tokens') {
    return await publishTokens(publishing, parties, message);
  }
  if (message.kind === 'pulls') {
    const now = new Date(publishing.now()).toISOString();
    return await beginDuePulls({ ...publishing, now }, message);
  }
  if (message.kind === 'pull') return await pullPage(publishing, parties, message);
  if (partiesAs(parties, 'CPO').length === 0) return 'no-party';
  switch (message.kind) {
    case 'look':
      await look(publishing, parties, operatorId, message.thing);
      return message.thing.kind;
    case 'everything':
      await lookAtEverything(publishing, parties, message);
      return message.kind;
    default:
      return message satisfies never;
  }
}
