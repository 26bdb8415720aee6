import { isFields } from '../../core/ocpi/common/fields.ts';
import type { OcpiOutcome } from '../../core/ocpi/envelope/outcome.ts';
import { hubOf } from '../../core/ocpi/hub/hub-of.ts';
import type { Party } from '../../core/ocpi/model/party.ts';
import { sameParty } from '../../core/ocpi/model/same-party.ts';
import type { PartnerToken } from '../../core/ocpi/model/token.ts';
import { allTranslators } from '../../core/ocpi/partner/all-translators.ts';
import { readPushedToken } from '../../core/ocpi/partner/pushed-object.ts';
import { patchObject } from '../../core/ocpi/patch/patch-object.ts';
import { tokenPatch } from '../../core/ocpi/patch/patch-rules.ts';
import type { JsonLiteral } from '../../core/units/json-literals.ts';
import { receiveToken } from '../roaming/receive/receive-token.ts';
import { speaksFor } from '../roaming/speaks-for.ts';
import { readRoamingToken } from '../store/partners/partner-tokens.ts';
import { type PushedDocument, pushedDocument } from './emsp/pushed-place.ts';
import { isStranger, type OcpiCaller } from './ocpi-caller.ts';
import type { OcpiRequest } from './ocpi-request.ts';
import type { OcpiResponse } from './ocpi-response.ts';
import type { ModulePlace } from './place.ts';
import { sent } from './sent.ts';

const notFound: OcpiOutcome = { kind: 'object-not-found' };

/** The token that a URL names. */
type Named = { readonly owner: Party; readonly uid: string; readonly type: string };

function namedBy({ rest }: ModulePlace, { query }: OcpiRequest): Named | undefined {
  const [countryCode, partyId, uid, ...more] = rest;
  if (countryCode === undefined || partyId === undefined || uid === undefined) return undefined;
  const type = query['type'] ?? query['token_type'] ?? 'RFID';
  return more.length > 0 ? undefined : { owner: { countryCode, partyId }, uid, type };
}

/** The token of the caller that a URL names, if it was pushed. */
async function heldToken(
  { database, partner }: OcpiCaller,
  { owner, uid, type }: Named,
): Promise<PartnerToken | undefined> {
  const held = await readRoamingToken(database, partner.operatorId, uid);
  const isIts = held?.partnerId === partner.partnerId && held.token.type === type.toUpperCase();
  // Parties behind one hub are strangers to each other.
  const isHub = partner.registration !== undefined && hubOf(partner.registration) !== undefined;
  return isIts && (!isHub || sameParty(held.token, owner)) ? held.token : undefined;
}

/** The document of a PATCH: the token as it is held with the changes; the outcome where there is none. */
function patched(
  held: PartnerToken | undefined,
  { version }: ModulePlace,
  { owner }: Named,
  { document: patch, receivedAt }: PushedDocument,
): { readonly document: JsonLiteral } | OcpiOutcome {
  const pair = allTranslators[version].token;
  if (held === undefined || pair === undefined) return notFound;
  const written = sent(pair.to(held, { owner, isEcho: true }));
  if (!isFields(written) || !isFields(patch)) {
    return { kind: 'invalid', problems: [{ path: '', message: 'This has to be an object.' }] };
  }
  const result = patchObject(written, patch, tokenPatch, receivedAt);
  switch (result.kind) {
    case 'patched':
      return { document: result.object };
    case 'outdated':
      return { kind: 'ok' };
    case 'invalid':
      return result;
    default:
      return result satisfies never;
  }
}

async function keep(
  { database, partner }: OcpiCaller,
  { version }: ModulePlace,
  { owner, uid }: Named,
  { document, receivedAt }: PushedDocument,
): Promise<OcpiOutcome> {
  const pair = allTranslators[version].token;
  const read = readPushedToken(pair, { document, owner, id: uid });
  if (read.kind === 'malformed') return { kind: 'invalid', problems: read.problems };
  return await receiveToken(database, partner, read.value, receivedAt);
}

/** Answers a partner that pushes tokens of its drivers, or reads one back. */
export async function answerTokens(
  caller: OcpiCaller,
  place: ModulePlace,
  request: OcpiRequest,
): Promise<OcpiResponse> {
  const { partner } = caller;
  const named = namedBy(place, request);
  if (named === undefined) return { outcome: notFound };
  if (!(await speaksFor(caller.database, partner, named.owner, 'EMSP'))) {
    return { outcome: { kind: 'not-your-party' } };
  }
  const held = await heldToken(caller, named);
  const pushed = pushedDocument(caller, request);
  switch (request.method) {
    case 'GET': {
      const pair = allTranslators[place.version].token;
      return held === undefined || pair === undefined || isStranger(caller, named.owner)
        ? { outcome: notFound }
        : {
            outcome: {
              kind: 'ok',
              data: sent(pair.to(held, { owner: named.owner, isEcho: true })),
            },
          };
    }
    case 'PUT':
      return { outcome: await keep(caller, place, named, pushed) };
    case 'PATCH': {
      const whole = patched(held, place, named, pushed);
      return 'document' in whole
        ? { outcome: await keep(caller, place, named, { ...pushed, ...whole }) }
        : { outcome: whole };
    }
    default:
      return { outcome: notFound };
  }
}
