import type { Party } from '../../core/ocpi/model/party.ts';
import { isBounded, isConnectedTo } from '../../core/ocpi/partner/connected-to.ts';
import { type Partner, tariffScope } from '../../core/ocpi/partner/partner.ts';
import { tariffOfParty } from '../../core/ocpi/publish/tariff-of-party.ts';
import type { Written } from '../../core/ocpi/push/push-requests.ts';
import type { PushedModule } from '../../core/ocpi/push/pushed-modules.ts';
import { readJsonLiterals } from '../../core/units/json-literals.ts';
import type { WrittenPublication } from '../roaming/written-publication.ts';
import { readOurParties } from '../store/partners/ocpi-settings.ts';
import { isPublished } from '../store/partners/publications.ts';
import type { PartnerPush } from '../store/partners/pushes.ts';
import type { Database } from '../store/table/client.ts';

/** An object as a partner is to have it; one that went to a party which the partner is not connected to is taken back. */
export type PushDue = WrittenPublication & { readonly isWithdrawn: boolean };

/** The object that a partner has by the last push, in its words; undefined where none is kept. */
export const heldBy = ({ sent }: PartnerPush): Written | undefined => {
  const read = sent === undefined ? undefined : readJsonLiterals(sent);
  return read?.kind === 'json' ? (read.value as Written) : undefined;
};

/** A party as the record of a push names it. */
export const nameOf = ({ countryCode, partyId }: Party): string => `${countryCode}-${partyId}`;

/** The party that an object says itself that it is of; 2.1.1 does not say it. */
const ownerIn = ({ country_code: countryCode, party_id: partyId }: Written): string | undefined =>
  typeof countryCode === 'string' && typeof partyId === 'string'
    ? nameOf({ countryCode, partyId })
    : undefined;

/** The party that the partner has an object of, where it is another one's by now. */
const formerOwner = (push: PartnerPush, { owner }: WrittenPublication): Party | undefined => {
  const held = heldBy(push);
  // An object that was pushed before that was kept says it itself.
  const kept = push.owner ?? (held && ownerIn(held));
  if (kept === undefined || kept === nameOf(owner)) return undefined;
  const [countryCode = '', partyId = ''] = kept.split('-');
  return { countryCode, partyId };
};

/**
 * The party whose object is to be taken back: none where that party has the object still, under another name, as a tariff that two of ours
 * charge by; that one is pushed by itself, at any time.
 */
export async function withdrawnFrom(
  database: Database,
  partner: Partner,
  held: PartnerPush,
  publication: WrittenPublication,
): Promise<Party | undefined> {
  const former = formerOwner(held, publication);
  const { operatorId, module, objectId } = held;
  if (former === undefined || module !== 'tariffs') return former;
  const list = { operatorId, scope: tariffScope(partner), module };
  const name = tariffOfParty(publication.id ?? objectId, former);
  return (await isPublished(database, list, name)) ? undefined : former;
}

/** Modules of which a partner sees its own drivers' objects alone: these stay its, whatever party its place and its connection are of by now. */
const ofDrivers: readonly PushedModule[] = [
  'sessions',
  'cdrs',
  'chargingprofiles',
  'invoicereconciliation',
];

/** Says whether an object is for a partner: its own, or of a party of ours that it is connected to. */
const isFor = async (
  database: Database,
  partner: Partner,
  module: PushedModule,
  { owner }: WrittenPublication,
): Promise<boolean> =>
  ofDrivers.includes(module) ||
  !isBounded(partner) ||
  isConnectedTo(partner, await readOurParties(database, partner.operatorId), owner);

/** An object as a partner is to have it; undefined where that is nothing, and it has nothing. */
export async function pushDueTo(
  database: Database,
  partner: Partner,
  module: PushedModule,
  before: PartnerPush | undefined,
  publication: WrittenPublication,
): Promise<PushDue | undefined> {
  // Whoever was never tried has no record to give back.
  if (publication.isTakenBack === true) {
    return before === undefined ? undefined : { ...publication, isWithdrawn: true };
  }
  const isWithdrawn = !(await isFor(database, partner, module, publication));
  const isHeld = before !== undefined && formerOwner(before, publication) !== undefined;
  return isWithdrawn && !isHeld ? undefined : { ...publication, isWithdrawn };
}
