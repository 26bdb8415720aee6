import type { Context } from '../../../core/ocpi/codec/context.ts';
import type { Pair, Received } from '../../../core/ocpi/codec/translation.ts';
import { isFields } from '../../../core/ocpi/common/fields.ts';
import type { OcpiOutcome } from '../../../core/ocpi/envelope/outcome.ts';
import type { PartnerLocation } from '../../../core/ocpi/model/location.ts';
import type { Party } from '../../../core/ocpi/model/party.ts';
import { allTranslators } from '../../../core/ocpi/partner/all-translators.ts';
import { foreignPart } from '../../../core/ocpi/partner/foreign-part.ts';
import type { Partner } from '../../../core/ocpi/partner/partner.ts';
import { nameableToken } from '../../../core/ocpi/partner/pushed-object.ts';
import type { PulledModule } from '../../../core/ocpi/pull/pull-progress.ts';
import { agreedCredit } from '../../../core/ocpi/received/agreed-credit.ts';
import type { OcpiVersion } from '../../../core/ocpi/translators.ts';
import type { JsonLiteral } from '../../../core/units/json-literals.ts';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import type { Database } from '../../store/table/client.ts';
import type { ReceivedFrom } from '../../store/table/keys/received-keys.ts';
import { speaksFor } from '../speaks-for.ts';
import { receiveCdrOf } from './receive-cdr.ts';
import { receiveClient } from './receive-client.ts';
import { receiveInvoice } from './receive-invoice.ts';
import { receiveLocation } from './receive-location.ts';
import { receiveSession } from './receive-session.ts';
import { receiveTariff } from './receive-tariff.ts';
import { receiveToken } from './receive-token.ts';
import { ifNotOlder } from './receiving.ts';

/** The surroundings of an object that was read at a partner. */
export type Pulling = {
  readonly database: Database;
  readonly partner: Partner;
  readonly version: OcpiVersion;
  readonly context: Context;
  /** ISO 8601 in UTC. */
  readonly now: string;
};

/** An object that was read at a partner: when it changed last, and what became of it. */
export type PulledObject = { readonly changedAt?: string; readonly outcome: OcpiOutcome };

const notTheirs = ({ registration }: Partner, owner: Party): OcpiOutcome => {
  const path = foreignPart(registration?.roles ?? [], owner);
  const message = 'The party of the object is not one of the partner’s.';
  return { kind: 'invalid', problems: [{ path, message }] };
};

type Owned = Party & { readonly lastUpdated: string };

/** Keeps an object that could be read, if the partner may bring what is its party's. */
async function keepRead<T extends Owned>(
  { database, partner }: Pick<Pulling, 'database' | 'partner'>,
  read: Received<T>,
  role: 'CPO' | 'EMSP',
  keep: (value: T, from: ReceivedFrom) => Promise<OcpiOutcome>,
): Promise<PulledObject> {
  if (read.kind === 'malformed') {
    return { outcome: { kind: 'invalid', problems: read.problems } };
  }
  const { value } = read;
  const owner = { countryCode: value.countryCode, partyId: value.partyId };
  if (!(await speaksFor(database, partner, owner, role))) {
    return { outcome: notTheirs(partner, owner) };
  }
  const { operatorId, partnerId } = partner;
  const outcome = await keep(value, { operatorId, partnerId, owner });
  return { changedAt: value.lastUpdated, outcome };
}

async function receiveAs<T extends Owned>(
  { database, partner, context }: Pulling,
  pair: Pair<T> | undefined,
  document: JsonLiteral,
  keep: (value: T, from: ReceivedFrom) => Promise<OcpiOutcome>,
): Promise<PulledObject> {
  const read = pair?.from(document, context) ?? { kind: 'malformed', problems: [] };
  return await keepRead({ database, partner }, read, 'CPO', keep);
}

async function receiveTokenOf(
  { database, partner, version, context, now }: Pulling,
  document: JsonLiteral,
): Promise<PulledObject> {
  const { token } = allTranslators[version];
  const read = token?.from(document, context) ?? { kind: 'malformed', problems: [] };
  return await keepRead({ database, partner }, nameableToken(token, read), 'EMSP', async (value) =>
    receiveToken(database, partner, value, now),
  );
}

/** The location that a session or CDR of 2.1.1 embeds. */
const placeIn = (
  { version, context }: Pulling,
  document: JsonLiteral,
): PartnerLocation | undefined => {
  if (version !== '2.1.1' || !isFields(document)) return undefined;
  const read = allTranslators[version].location?.from(document['location'] ?? null, context);
  return read?.kind === 'received' ? read.value : undefined;
};

async function receiveCdrIn(pulling: Pulling, document: JsonLiteral): Promise<PulledObject> {
  const { database, partner, version, context, now } = pulling;
  const pair = allTranslators[version].cdr;
  if (pair === undefined) throw new Error(`${version} has CDRs`);
  return await receiveAs(pulling, pair, document, async (value, from) => {
    const cdr = agreedCredit(value, version, partner);
    const sent = omitUndefined({ cdr, place: placeIn(pulling, document) });
    return await receiveCdrOf(database, from, sent, { pair, context, version }, now);
  });
}

async function receiveClientInfo(
  { database, partner, version, context, now }: Pulling,
  document: JsonLiteral,
): Promise<PulledObject> {
  const read = allTranslators[version].clientInfo?.from(document, context);
  if (read?.kind !== 'received') {
    return { outcome: { kind: 'invalid', problems: read?.problems ?? [] } };
  }
  const { value } = read;
  return {
    changedAt: value.lastUpdated,
    outcome: await receiveClient(database, partner, value, now),
  };
}

/** Keeps an object that was read at a partner, as one that it pushes. */
export async function receiveObject(
  pulling: Pulling,
  module: PulledModule,
  document: JsonLiteral,
): Promise<PulledObject> {
  const { database, version, now } = pulling;
  const { location, tariff, session, invoiceRecord } = allTranslators[version];
  switch (module) {
    case 'locations':
      return await receiveAs(pulling, location, document, async (value, from) =>
        receiveLocation(database, from, value.id, now, (held) => ifNotOlder(held, value, now)),
      );
    case 'tariffs':
      return await receiveAs(pulling, tariff, document, async (value, from) =>
        receiveTariff(database, from, value.id, (held) => ifNotOlder(held, value, now)),
      );
    case 'sessions':
      return await receiveAs(pulling, session, document, async (value, from) => {
        const sent = omitUndefined({ session: value, place: placeIn(pulling, document) });
        return await receiveSession(database, from, value.id, now, (held) => {
          const judged = ifNotOlder(held?.session, value, now);
          return judged.kind === 'keep' ? { kind: 'keep', object: sent } : judged;
        });
      });
    case 'cdrs':
      return await receiveCdrIn(pulling, document);
    case 'invoicereconciliation':
      return await receiveAs(pulling, invoiceRecord, document, async (value, from) =>
        receiveInvoice(database, from, value.id, (held) => ifNotOlder(held, value, now)),
      );
    case 'tokens':
      return await receiveTokenOf(pulling, document);
    case 'hubclientinfo':
      return await receiveClientInfo(pulling, document);
    default:
      return module satisfies never;
  }
}
