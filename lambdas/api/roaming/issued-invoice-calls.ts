import { createHash } from 'node:crypto';
import { hubOf } from '../../../core/ocpi/hub/hub-of.ts';
import type { PartnerCdr } from '../../../core/ocpi/model/cdr.ts';
import type { Party } from '../../../core/ocpi/model/party.ts';
import { sameParty } from '../../../core/ocpi/model/same-party.ts';
import type { Partner } from '../../../core/ocpi/partner/partner.ts';
import { partiesAs } from '../../../core/ocpi/partner/party-for.ts';
import { type IssuedInvoice, invoiceInState } from '../../../core/ocpi/publish/issued-invoice.ts';
import { settlements } from '../../../core/ocpi/settle/settle.ts';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import { done, refused } from '../../http/answer.ts';
import {
  completeInvoice,
  type InvoiceName,
  invoiceList,
  unbilledOf,
} from '../../roaming/complete-invoice.ts';
import { ConcurrentUpdateError } from '../../runtime/concurrent-update-error.ts';
import { readOurParties } from '../../store/partners/ocpi-settings.ts';
import { readPartner } from '../../store/partners/partners.ts';
import {
  readPublication,
  readPublications,
  writePublication,
} from '../../store/partners/publications.ts';
import type { ListRequest } from '../../store/table/listed.ts';
import type { Caller } from '../api-route.ts';
import { strangeOwner } from '../partners/strange-owner.ts';
import { issuedInvoiceView, singleIssuedInvoiceView } from './issued-invoice-view.ts';
import { mostCdrs, ownCdrs, ownEntry, type SettledEntry } from './read-settlement.ts';

/** The things that an invoice is to bill. */
type Asked = {
  readonly invoiceNumber: string;
  readonly month: string;
  readonly currency: string;
  readonly forParty?: Party | undefined;
};

type Meant = Asked & { readonly partnerId: string; readonly party: Party };

const mostMeetings = 10;

/** The id of the record of an invoice: the same number is the same invoice. */
const recordIdOf = ({ partnerId, party, invoiceNumber }: Meant): string => {
  const name = [partnerId, party.countryCode, party.partyId, invoiceNumber];
  const hash = createHash('sha256').update(JSON.stringify(name).toUpperCase(), 'utf8');
  return `inv_${hash.digest('hex').slice(0, 32)}`;
};

const isSameOr = (a: Party | undefined, b: Party | undefined): boolean =>
  a === undefined || b === undefined ? a === b : sameParty(a, b);

/** Says whether an invoice is the one that is asked for, as when the answer to the first request was lost. */
const isMeant = (held: IssuedInvoice, { month, currency, forParty }: Meant): boolean =>
  held.state !== 'taken-back' &&
  held.month === month &&
  held.currency === currency &&
  isSameOr(held.forParty, forParty);

const isBilledBy =
  ({ currency, party, forParty }: Meant) =>
  (cdr: PartnerCdr): boolean =>
    cdr.currency === currency &&
    sameParty(cdr, party) &&
    (forParty === undefined || sameParty(cdr.cdrToken, forParty));

/** CDRs of an invoice, and whether more are left than one record holds. */
type Billed = { readonly entries: readonly SettledEntry[]; readonly hasMore: boolean };

/**
 * The CDRs that an invoice is to bill: of its month, which no other bills, the first ones that one record holds. So many that others bill
 * are passed over as a request has time for: without one among them that is left it is `too-large`.
 */
async function cdrsFor(caller: Caller, meant: Meant, most: number): Promise<Billed | 'too-large'> {
  const { database, operatorId } = caller;
  const { partnerId } = meant;
  const entries: SettledEntry[] = [];
  let looked = 0;
  for await (const page of ownCdrs(caller, meant)) {
    const wanted = page.filter(isBilledBy(meant));
    const ids = wanted.map(({ id }) => id);
    const isFree = await unbilledOf(database, { operatorId, partnerId }, ids);
    const free = wanted.filter((_cdr, at) => isFree[at] === true);
    const room = most - entries.length;
    entries.push(...free.slice(0, room).map((cdr) => ownEntry(cdr, meant)));
    looked += wanted.length;
    if (free.length > room) return { entries, hasMore: true };
    if (looked <= mostCdrs.sums) continue;
    return entries.length > 0 ? { entries, hasMore: true } : 'too-large';
  }
  return { entries, hasMore: false };
}

const draftOf = (
  { invoiceNumber, month, currency, party, forParty }: Meant,
  recordId: string,
  { entries, hasMore }: Billed,
  lastUpdated: string,
): IssuedInvoice =>
  omitUndefined({
    kind: 'invoice' as const,
    state: 'issuing' as const,
    lastUpdated,
    month,
    currency,
    record: {
      countryCode: party.countryCode,
      partyId: party.partyId,
      id: recordId,
      invoiceId: invoiceNumber,
      cdrIds: entries.map(({ cdr }) => cdr.id),
      lastUpdated,
    },
    sums: settlements(entries.map(({ settled }) => settled)).map(
      ({ vatPercent, cdrs, energyKwh, exclVat, vat, inclVat }) => ({
        vatPercent,
        cdrs,
        energyKwh,
        exclVat,
        vat,
        inclVat,
      }),
    ),
    forParty,
    hasMore: hasMore || undefined,
  });

/** Seconds, longer than a call takes. */
const afterCall = 60;

/** Has an invoice completed and its partner sent it, at once or after the call, for the case that this ends half way. */
const tell = async (
  { sendPartnerMessages }: Caller,
  name: InvoiceName,
  when: 'now' | 'after-call' = 'now',
): Promise<void> => {
  const { operatorId, partnerId, recordId } = name;
  const thing = { kind: 'invoice', partnerId, recordId } as const;
  const delay = when === 'now' ? [] : ([afterCall] as const);
  await sendPartnerMessages([{ kind: 'look', operatorId, thing }], ...delay);
};

/** Keeps an invoice with the CDRs that it is to bill, before anybody sees it; the one of its number where there is one. */
async function draft(caller: Caller, meant: Meant, name: InvoiceName, most: number) {
  const { database, now } = caller;
  const list = invoiceList(name);
  for (let n = 0; n < mostMeetings; n += 1) {
    const held = await readPublication<IssuedInvoice>(database, list, name.recordId);
    if (held !== undefined) {
      return isMeant(held.object, meant)
        ? ('drafted' as const)
        : refused('INVOICE_NUMBER_USED' as const);
    }
    const billed = await cdrsFor(caller, meant, most);
    if (billed === 'too-large') return refused('SETTLEMENT_TOO_LARGE' as const);
    if (billed.entries.length === 0) return refused('INVOICE_EMPTY' as const);
    const object = draftOf(meant, name.recordId, billed, now);
    await tell(caller, name, 'after-call');
    const published = { objectId: name.recordId, lastUpdated: now, object };
    if ((await writePublication(database, list, undefined, published)) === 'written') {
      return 'drafted' as const;
    }
  }
  throw new ConcurrentUpdateError('Invoices to a partner kept being issued');
}

const invalid = (path: string, message: string) =>
  refused('INVALID_REQUEST' as const, [{ path, message }]);

const isHub = ({ registration }: Partner): boolean =>
  registration !== undefined && hubOf(registration) !== undefined;

/** The mistake in the request for an invoice, if there is one. */
function refusalOf(partner: Partner, { forParty }: Asked) {
  return isHub(partner) && forParty === undefined
    ? invalid('body.forParty', 'The partner is a hub: say whose drivers are billed.')
    : undefined;
}

/** Issues an invoice to a partner, of `most` CDRs; the same again is the same one, and completes it. */
export async function issueInvoiceCall(
  caller: Caller,
  partnerId: string,
  { party, ...asked }: Asked & { readonly party?: Party | undefined },
  most: number = mostCdrs.cdrs,
) {
  const { database, operatorId } = caller;
  const partner = await readPartner(database, operatorId, partnerId);
  if (partner === undefined) return refused('PARTNER_NOT_FOUND' as const);
  const wrong = refusalOf(partner, asked);
  if (wrong !== undefined) return wrong;
  const strange = await strangeOwner(caller, party, 'CPO');
  if (strange !== undefined) return strange;
  const ours = party ?? partiesAs(await readOurParties(database, operatorId), 'CPO')[0];
  if (ours === undefined) return refused('OCPI_SETTINGS_MISSING' as const);
  const meant: Meant = { ...asked, partnerId, party: ours };
  const name = { operatorId, partnerId, recordId: recordIdOf(meant) };
  const drafted = await draft(caller, meant, name, most);
  if (drafted !== 'drafted') return drafted;
  // Sent before it is completed: whoever looks completes it, also where this request ends here.
  await tell(caller, name);
  const invoice = await completeInvoice(database, name, () => new Date().toISOString());
  return invoice === undefined || invoice.state === 'taken-back'
    ? refused('INVOICE_NUMBER_USED' as const)
    : done(singleIssuedInvoiceView(partnerId, invoice));
}

/** Lists the invoices to a partner. */
export async function listIssuedInvoicesCall(
  { database, operatorId }: Caller,
  partnerId: string,
  { limit, after = '0' }: ListRequest,
) {
  if ((await readPartner(database, operatorId, partnerId)) === undefined) {
    return refused('PARTNER_NOT_FOUND' as const);
  }
  const asked = Number(after);
  // Cursors are ours, and anything else begins at the start.
  const offset = Number.isSafeInteger(asked) && asked > 0 ? asked : 0;
  const list = invoiceList({ operatorId, partnerId });
  const { total, objects } = await readPublications<IssuedInvoice>(database, list, {
    offset,
    limit,
  });
  const end = offset + limit;
  return {
    items: objects.map(({ object }) => issuedInvoiceView(partnerId, object)),
    next: end < total ? String(end) : null,
  };
}

type Named = { readonly partnerId: string; readonly partnerInvoiceId: string };

const found = async ({ database, operatorId }: Caller, { partnerId, partnerInvoiceId }: Named) =>
  await readPublication<IssuedInvoice>(
    database,
    invoiceList({ operatorId, partnerId }),
    partnerInvoiceId,
  );

const notFound = async ({ database, operatorId }: Caller, { partnerId }: Named) =>
  (await readPartner(database, operatorId, partnerId)) === undefined
    ? refused('PARTNER_NOT_FOUND' as const)
    : refused('PARTNER_INVOICE_NOT_FOUND' as const);

/** Shows an invoice to a partner. */
export async function readIssuedInvoiceCall(caller: Caller, named: Named) {
  const invoice = await found(caller, named);
  return invoice === undefined
    ? await notFound(caller, named)
    : done(singleIssuedInvoiceView(named.partnerId, invoice.object));
}

/** Takes an invoice to a partner back, once and for all. */
export async function takeInvoiceBackCall(caller: Caller, named: Named) {
  const { database, operatorId, now } = caller;
  const { partnerId } = named;
  const list = invoiceList({ operatorId, partnerId });
  for (let n = 0; n < mostMeetings; n += 1) {
    const before = await found(caller, named);
    if (before === undefined) return await notFound(caller, named);
    const recordId = before.objectId;
    const isBack = before.object.state === 'taken-back';
    const object = isBack ? before.object : invoiceInState(before.object, 'taken-back', now);
    const published = { objectId: recordId, lastUpdated: now, object };
    const name = { operatorId, partnerId, recordId };
    if (!isBack) await tell(caller, name, 'after-call');
    const written = isBack ? 'written' : await writePublication(database, list, before, published);
    if (written === 'changed') continue;
    await tell(caller, name);
    return done(singleIssuedInvoiceView(partnerId, object));
  }
  throw new ConcurrentUpdateError('An invoice kept being changed');
}
