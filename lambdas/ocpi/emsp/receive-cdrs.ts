import { joinUrl } from '../../../core/ocpi/envelope/join-url.ts';
import type { OcpiOutcome } from '../../../core/ocpi/envelope/outcome.ts';
import { treeFor } from '../../../core/ocpi/hub/deployment-hub.ts';
import type { Party } from '../../../core/ocpi/model/party.ts';
import { allTranslators } from '../../../core/ocpi/partner/all-translators.ts';
import { foreignPart } from '../../../core/ocpi/partner/foreign-part.ts';
import { agreedCredit } from '../../../core/ocpi/received/agreed-credit.ts';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import { receiveCdrOf } from '../../roaming/receive/receive-cdr.ts';
import { speaksFor } from '../../roaming/speaks-for.ts';
import { readHeldCdr } from '../../store/received/received-cdrs.ts';
import { isStranger, type OcpiCaller } from '../ocpi-caller.ts';
import type { OcpiRequest } from '../ocpi-request.ts';
import type { ModulePlace } from '../place.ts';
import { contextOfDrivers, placeInDocument } from './place-in-document.ts';
import { notFound, repairedBody, shownOf } from './pushed-place.ts';

/** The party of a CDR of 2.1.1, which does not name one: the one that the partner registered. */
const onlyParty = ({ partner }: OcpiCaller): Party =>
  partner.registration?.roles[0] ?? { countryCode: '', partyId: '' };

async function post(
  caller: OcpiCaller,
  { version, role }: ModulePlace,
  request: OcpiRequest,
): Promise<OcpiOutcome> {
  const { database, services, partner } = caller;
  const document = repairedBody(caller, request);
  const context = await contextOfDrivers(caller, version, onlyParty(caller));
  const pair = allTranslators[version].cdr;
  if (pair === undefined) return notFound;
  const read = pair.from(document, context);
  if (read.kind === 'malformed') return { kind: 'invalid', problems: read.problems };
  const cdr = agreedCredit(read.value, version, partner);
  const owner = { countryCode: cdr.countryCode, partyId: cdr.partyId };
  if (!(await speaksFor(database, partner, owner, 'CPO'))) {
    const message = 'The party of the CDR is not one of yours.';
    const path = foreignPart(partner.registration?.roles ?? [], owner);
    return { kind: 'invalid', problems: [{ path, message }] };
  }
  const { operatorId, partnerId } = partner;
  const place = placeInDocument(version, document, owner);
  const now = new Date(services.now()).toISOString();
  const from = { operatorId, partnerId, owner };
  const outcome = await receiveCdrOf(
    ...([database, from, omitUndefined({ cdr, place }), { pair, context, version }] as const),
    now,
  );
  if (outcome.kind !== 'created' && outcome.kind !== 'ok') return outcome;
  const steps = [...treeFor(partner, role), version, 'cdrs', String(outcome.data)];
  const location = joinUrl(services.ocpiUrl, steps);
  return { kind: outcome.kind, location };
}

async function get(caller: OcpiCaller, { version }: ModulePlace, id: string): Promise<OcpiOutcome> {
  const { database, partner } = caller;
  const held = await readHeldCdr(database, partner.operatorId, id);
  if (held === undefined || held.from.partnerId !== partner.partnerId) return notFound;
  if (isStranger(caller, held.from.owner)) return notFound;
  const context = await contextOfDrivers(caller, version, held.from.owner);
  const location = held.place === undefined ? {} : { location: held.place };
  return shownOf(allTranslators[version].cdr, held.cdr, { ...context, ...location });
}

/** Answers a partner that posts a CDR of one of our drivers, or reads one back at the address that it was given. */
export async function receiveCdrs(
  caller: OcpiCaller,
  place: ModulePlace,
  request: OcpiRequest,
): Promise<OcpiOutcome> {
  const [id, ...more] = place.rest;
  if (request.method === 'POST' && id === undefined) return await post(caller, place, request);
  if (request.method !== 'GET' || id === undefined || more.length > 0) return notFound;
  return id.startsWith('rcd_') ? await get(caller, place, id) : notFound;
}
