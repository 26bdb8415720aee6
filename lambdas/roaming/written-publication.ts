import type { Translation } from '../../core/ocpi/codec/translation.ts';
import { hubOf } from '../../core/ocpi/hub/hub-of.ts';
import type { PartnerLocation } from '../../core/ocpi/model/location.ts';
import type { Party } from '../../core/ocpi/model/party.ts';
import type { PartnerTariff } from '../../core/ocpi/model/tariff.ts';
import type { PartnerToken } from '../../core/ocpi/model/token.ts';
import { allTranslators } from '../../core/ocpi/partner/all-translators.ts';
import {
  type Partner,
  type PartnerRegistration,
  tariffScope,
} from '../../core/ocpi/partner/partner.ts';
import type { IssuedInvoice } from '../../core/ocpi/publish/issued-invoice.ts';
import { pricedLocation } from '../../core/ocpi/publish/priced-location.ts';
import { type PushedModule, partnersRole } from '../../core/ocpi/push/pushed-modules.ts';
import { readPublication, readPublications } from '../store/partners/publications.ts';
import type { PushName } from '../store/partners/pushes.ts';
import { readSession } from '../store/sessions/sessions.ts';
import type { Database } from '../store/table/client.ts';
import {
  type SharedCdr,
  type SharedProfile,
  type SharedSession,
  writeProfile,
  writeShared,
} from './shared-object.ts';

/** An object as a partner is to have it: in the words of its version, with whose it is and whom it is for. */
export type WrittenPublication = {
  readonly revision: number;
  readonly owner: Party;
  /** The object's id as partners know it, where that is not its place in their list. */
  readonly id?: string;
  /** The party of the partner that it is for. */
  readonly receiver?: Party | undefined;
  readonly written: Translation;
  /** True where the partner is to have it no more: its invoice was taken back. */
  readonly isTakenBack?: boolean;
};

/** How a partner is spoken with. */
type Spoken = Pick<PartnerRegistration, 'version' | 'roles' | 'hub'>;

/** The first party of a partner in a role. */
const partyAs = (roles: Spoken['roles'], wanted: 'CPO' | 'EMSP'): Party | undefined =>
  roles.find(({ role = wanted }) => role.toUpperCase() === wanted);

/** The list that a module of a partner is read from: its own, or that of all partners. */
const scopeOf = ({ module, partnerId }: PushName, partner: Partner): string => {
  if (module === 'tariffs') return tariffScope(partner);
  return module === 'locations' || module === 'tokens' ? '-' : partnerId;
};

const ofShared = (
  shared: SharedSession | SharedCdr | SharedProfile,
  { version }: Spoken,
  partner: Partner,
): Omit<WrittenPublication, 'revision'> => ({
  owner: shared.driver.party,
  receiver: shared.driver.token,
  written:
    shared.kind === 'profile'
      ? writeProfile(shared, version)
      : writeShared(shared, version, partner),
});

/** An object that is the same for all partners of an operator, or for all with one price list. */
type OfEverybody = PartnerLocation | PartnerTariff | PartnerToken;

const translate = (
  object: OfEverybody,
  { version }: Spoken,
  { tariffIds }: Partner,
): Translation => {
  const { location, tariff, token } = allTranslators[version];
  const context = { owner: { countryCode: object.countryCode, partyId: object.partyId } };
  const written =
    'uid' in object
      ? token?.to(object, context)
      : 'evses' in object
        ? location?.to(pricedLocation(object, tariffIds), context)
        : tariff?.to(object, context);
  if (written === undefined) throw new Error(`${version} has locations, tariffs and tokens`);
  return written;
};

const ofEverybody = (
  object: OfEverybody,
  module: PushedModule,
  registration: Spoken,
  partner: Partner,
): Omit<WrittenPublication, 'revision'> => ({
  owner: { countryCode: object.countryCode, partyId: object.partyId },
  id: 'uid' in object ? object.uid : object.id,
  // A hub is the receiver of what it passes on to everyone.
  receiver: hubOf(registration) ?? partyAs(registration.roles, partnersRole(module)),
  written: translate(object, registration, partner),
});

type Seen = SharedSession | SharedCdr | SharedProfile | OfEverybody | IssuedInvoice;

const ofInvoice = (
  { record, state, forParty }: IssuedInvoice,
  { version, roles }: Spoken,
): Omit<WrittenPublication, 'revision'> => ({
  owner: { countryCode: record.countryCode, partyId: record.partyId },
  receiver: forParty ?? partyAs(roles, 'EMSP'),
  isTakenBack: state === 'taken-back',
  written: allTranslators[version].invoiceRecord?.to(record, { owner: record }) ?? {
    kind: 'impossible',
    reason: 'The version has no records of invoices.',
  },
});

const writtenAs = (
  object: Seen,
  module: PushedModule,
  partner: Partner,
  registration: Spoken,
): Omit<WrittenPublication, 'revision'> => {
  if ('record' in object) return ofInvoice(object, registration);
  return 'driver' in object
    ? ofShared(object, registration, partner)
    : ofEverybody(object, module, registration, partner);
};

const asWritten = (
  { object, revision }: { readonly object: Seen; readonly revision: number },
  module: PushedModule,
  partner: Partner,
  registration: Spoken,
): WrittenPublication => ({
  revision,
  ...writtenAs(object, module, partner, registration),
});

/** Reads a page of a module as a partner is to have it now, in the order in which partners first saw its objects. */
export async function readWrittenPage(
  database: Database,
  { operatorId, partnerId, module }: Omit<PushName, 'objectId'>,
  partner: Partner,
  registration: Spoken,
  page: { readonly offset: number; readonly limit: number },
): Promise<{
  readonly total: number;
  readonly objects: readonly (WrittenPublication & { readonly objectId: string })[];
}> {
  const scope = scopeOf({ operatorId, partnerId, module, objectId: '' }, partner);
  const list = { operatorId, scope, module };
  const { total, objects } = await readPublications<Seen>(database, list, page);
  return {
    total,
    objects: objects.map((one) => ({
      objectId: one.objectId,
      ...asWritten(one, module, partner, registration),
    })),
  };
}

const tooLate: Translation = { kind: 'impossible', reason: 'The session has ended.' };

/** An invoice that is being issued is nobody's to see. */
const isUnseen = (object: Seen): boolean => 'record' in object && object.state === 'issuing';

const isRunning = async (database: Database, sessionId: string): Promise<boolean> =>
  (await readSession(database, sessionId, true))?.session.state === 'active';

/** Reads an object as a partner is to have it now; undefined where there is none. */
export async function readWritten(
  database: Database,
  name: PushName,
  partner: Partner,
  registration: Spoken,
): Promise<WrittenPublication | undefined> {
  const { operatorId, module, objectId } = name;
  const list = { operatorId, scope: scopeOf(name, partner), module };
  const found = await readPublication<Seen>(database, list, objectId);
  if (found === undefined || isUnseen(found.object)) return undefined;
  const written = asWritten(found, module, partner, registration);
  return module === 'chargingprofiles' && !(await isRunning(database, objectId))
    ? { ...written, written: tooLate }
    : written;
}
