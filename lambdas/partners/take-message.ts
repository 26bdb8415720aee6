import type { OurParty } from '../../core/ocpi/partner/our-party.ts';
import type { PartnerMessage, SharedThing } from '../roaming/partner-message.ts';
import type { RoamingServices } from '../roaming/roaming-services.ts';
import type { SendPartnerMessages } from '../roaming/send-partner-messages.ts';
import { readCharger } from '../store/chargers/chargers.ts';
import { listLocations } from '../store/locations/locations.ts';
import { readOurParties } from '../store/partners/ocpi-settings.ts';
import type { Database } from '../store/table/client.ts';
import { publishLocation } from './publish-location.ts';
import { publishTariff } from './publish-tariff.ts';
import { publishTokens } from './publish-token.ts';
import { pullPage } from './pull-page.ts';

/** The surroundings of what is shown to partners. */
export type Publishing = {
  readonly database: Database;
  readonly send: SendPartnerMessages;
  readonly services: RoamingServices;
  /** Epoch ms. */
  readonly now: () => number;
};

/** The party that our chargers are of; undefined where we run none for partners. */
const cpoOf = (parties: readonly OurParty[]): OurParty | undefined =>
  parties.find(({ roles }) => roles.includes('CPO'));

async function showLocation(
  { database, now }: Publishing,
  party: OurParty,
  operatorId: string,
  locationId: string,
): Promise<void> {
  const tariffIds = await publishLocation(database, party, operatorId, locationId, now());
  for (const tariffId of tariffIds) {
    await publishTariff(database, party, operatorId, tariffId, { onlyIfSeen: false });
  }
}

async function look(
  publishing: Publishing,
  party: OurParty,
  operatorId: string,
  thing: SharedThing,
): Promise<void> {
  const { database } = publishing;
  switch (thing.kind) {
    case 'location':
      return await showLocation(publishing, party, operatorId, thing.locationId);
    case 'charger': {
      const charger = await readCharger(database, thing.chargerKey);
      if (charger?.locationId === undefined) return;
      return await showLocation(publishing, party, operatorId, charger.locationId);
    }
    case 'tariff':
      // Only one that partners see already: others may be meant for nobody of theirs.
      return await publishTariff(database, party, operatorId, thing.tariffId, { onlyIfSeen: true });
    default:
      return thing satisfies never;
  }
}

/** Locations that one run looks at before the next one goes on. */
const locationsAtOnce = 10;

async function lookAtEverything(
  publishing: Publishing,
  party: OurParty,
  message: Extract<PartnerMessage, { readonly kind: 'everything' }>,
): Promise<void> {
  const { database, send } = publishing;
  const { operatorId, after } = message;
  const request = { limit: locationsAtOnce, after };
  const { items, next } = await listLocations(database, operatorId, request);
  for (const { locationId } of items) {
    await showLocation(publishing, party, operatorId, locationId);
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
  if (message.kind === 'pull') return await pullPage(publishing, parties, message);
  const party = cpoOf(parties);
  if (party === undefined) return 'no-party';
  switch (message.kind) {
    case 'look':
      await look(publishing, party, operatorId, message.thing);
      return message.thing.kind;
    case 'everything':
      await lookAtEverything(publishing, party, message);
      return message.kind;
    default:
      return message satisfies never;
  }
}
