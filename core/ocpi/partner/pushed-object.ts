import type { JsonLiteral } from '../../units/json-literals.ts';
import type { Context } from '../codec/context.ts';
import type { Pair, Received } from '../codec/translation.ts';
import { ownerOf } from '../hub/route-in-hub.ts';
import type { Party } from '../model/party.ts';
import type { PartnerToken } from '../model/token.ts';

/** An object that a partner pushes: by the party and the id in its URL. */
export type Pushed = {
  readonly document: JsonLiteral;
  readonly owner: Party;
  readonly id: string;
  /** Further facts that its translation needs. */
  readonly context?: Context;
};

const differs = (path: string): Received<never> => ({
  kind: 'malformed',
  problems: [{ path, message: 'This is not that of the URL.' }],
});

/** Reads an object that was pushed, if it is that of its URL: its party and its id, without regard to case. */
export const readPushed = <T extends Party>(
  pair: Pair<T> | undefined,
  { document, owner, id, context = { owner } }: Pushed,
  idOf: { readonly path: string; readonly of: (value: T) => string },
): Received<T> => {
  const read = pair?.from(document, context) ?? { kind: 'malformed', problems: [] };
  if (read.kind === 'malformed') return read;
  const { value } = read;
  if (ownerOf(owner, value) === undefined) {
    const isCountry = value.countryCode.toUpperCase() !== owner.countryCode.toUpperCase();
    return differs(isCountry ? 'country_code' : 'party_id');
  }
  if (idOf.of(value).toUpperCase() !== id.toUpperCase()) return differs(idOf.path);
  return read;
};

/** A token that was read, unless its id is longer than its version allows: nothing that we send to the partner, and no CDR, could name it. */
export const nameableToken = (
  pair: Pair<PartnerToken> | undefined,
  read: Received<PartnerToken>,
): Received<PartnerToken> => {
  if (read.kind === 'malformed') return read;
  const { countryCode, partyId } = read.value;
  const back = pair?.to(read.value, { owner: { countryCode, partyId } });
  return back?.kind === 'impossible'
    ? { kind: 'malformed', problems: [{ path: '', message: back.reason }] }
    : read;
};

/** Reads a token that was pushed, likewise, if it can be named. */
export const readPushedToken = (
  pair: Pair<PartnerToken> | undefined,
  pushed: Pushed,
): Received<PartnerToken> =>
  nameableToken(pair, readPushed(pair, pushed, { path: 'uid', of: ({ uid }) => uid }));
