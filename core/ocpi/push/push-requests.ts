import type { JsonLiteral } from '../../units/json-literals.ts';
import type { Party } from '../model/party.ts';
import { type Push, patchBetween } from '../patch/patch-between.ts';
import { locationPatch, sessionPatch, tokenPatch } from '../patch/patch-rules.ts';
import type { ConnectionQuirkName } from '../quirks/connection-quirks.ts';
import { pushTo } from '../quirks/push-to.ts';
import type { OcpiVersion } from '../translators.ts';
import type { PushedModule } from './pushed-modules.ts';
import { withdrawnToken } from './withdrawn-token.ts';

/** An object in the words of a version. */
export type Written = { readonly [name: string]: JsonLiteral };

/** A request that brings a partner up to date; `segments` follow the address of its endpoint. */
export type PushRequest = {
  readonly method: 'PUT' | 'PATCH' | 'POST' | 'DELETE';
  readonly segments: readonly string[];
  readonly body?: Written;
  /** True where it takes away what a partner has of a party that it is not of any more: a partner that has it no more has nothing to do. */
  readonly isWithdrawal?: true;
};

/** The state that a partner has and the one that it is to have, and how it takes changes. */
export type PushedChange = {
  readonly version: OcpiVersion;
  readonly quirks: readonly ConnectionQuirkName[];
  /** The party and the id of the object, as the address has them. */
  readonly place: readonly string[];
  /** The party that it was of when the partner acknowledged it last, where that is another one. */
  readonly formerly?: Party | undefined;
  /** True where the partner is to have it no more: it is not connected to the party that it is of by now, or its invoice was taken back. */
  readonly isWithdrawn?: boolean;
  /** As the partner acknowledged it last; absent where it has none. */
  readonly before?: Written | undefined;
  readonly after: Written;
};

const requestOf = (
  push: Push,
  segments: readonly string[],
  whole: Written,
): readonly PushRequest[] => {
  switch (push.kind) {
    case 'nothing':
      return [];
    case 'put':
      return [{ method: 'PUT', segments, body: whole }];
    case 'patch':
      return [{ method: 'PATCH', segments, body: push.patch }];
    default:
      return push satisfies never;
  }
};

/** 2.1.1 does not say what a PATCH does to the periods: the session is sent whole when they change. */
const sessionPush = ({ version, before, after }: PushedChange): Push => {
  if (before === undefined) return { kind: 'put' };
  const push = patchBetween(before, after, sessionPatch);
  const changesPeriods = push.kind === 'patch' && push.patch['charging_periods'] !== undefined;
  return version === '2.1.1' && changesPeriods ? { kind: 'put' } : push;
};

const tokenPush = ({ before, after }: PushedChange): Push =>
  before === undefined ? { kind: 'put' } : patchBetween(before, after, tokenPatch);

const isWritten = (value: JsonLiteral): value is Written =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const evsesOf = ({ evses }: Written): readonly Written[] =>
  Array.isArray(evses) ? evses.filter(isWritten) : [];

const withoutEvses = ({ evses: _, ...own }: Written): Written => own;

/** Changes of so many EVSEs at once are sent as one location. */
const mostEvses = 5;

const evseRequests = (
  { quirks, place }: PushedChange,
  before: Written,
  after: Written,
): readonly PushRequest[] => {
  const known = new Map(evsesOf(before).map((evse) => [evse['uid'], evse]));
  return evsesOf(after).flatMap((evse) => {
    const held = known.get(evse['uid']);
    const push: Push =
      held === undefined
        ? { kind: 'put' }
        : patchBetween(held, evse, { appends: [], required: [] });
    return requestOf(pushTo(push, quirks), [...place, String(evse['uid'])], evse);
  });
};

const locationRequests = (change: PushedChange): readonly PushRequest[] => {
  const { quirks, place, before, after } = change;
  const whole: PushRequest = { method: 'PUT', segments: place, body: after };
  if (before === undefined) return [whole];
  const own = pushTo(
    patchBetween(withoutEvses(before), withoutEvses(after), locationPatch),
    quirks,
  );
  const evses = evseRequests(change, before, after);
  if (own.kind === 'put' || evses.length > mostEvses) return [whole];
  return [...evses, ...requestOf(own, place, after)];
};

const isText = (value: JsonLiteral | undefined): boolean => typeof value === 'string';

/** The requests that take away what a partner has of a party that it is not of any more: OCPI deletes tariffs, of locations removes the EVSEs, and tokens are not valid any more. */
const withdrawal = (
  module: PushedModule,
  { formerly, place, after, isWithdrawn }: PushedChange,
): readonly PushRequest[] => {
  // A record that was taken back is of the same party as before.
  if (module === 'invoicereconciliation' && isWithdrawn === true) {
    return [{ method: 'DELETE', segments: place, isWithdrawal: true }];
  }
  if (formerly === undefined) return [];
  const { countryCode, partyId } = formerly;
  const segments = [countryCode, partyId, ...place.slice(2)];
  if (module === 'tariffs') return [{ method: 'DELETE', segments, isWithdrawal: true }];
  if (module === 'tokens') {
    return [{ method: 'PUT', segments, body: withdrawnToken(after, formerly), isWithdrawal: true }];
  }
  if (module !== 'locations') return [];
  // 2.1.1 names the party in the address alone.
  const party = isText(after['party_id']) ? { country_code: countryCode, party_id: partyId } : {};
  const evses = evsesOf(after).map((evse) => ({ ...evse, status: 'REMOVED' }));
  const body = { ...after, ...party, evses };
  return [{ method: 'PUT', segments, body, isWithdrawal: true }];
};

/** The requests, in their order, that bring a partner from what it has to what it is to have; none where it has all. */
export const pushRequests = (
  module: PushedModule,
  change: PushedChange,
): readonly PushRequest[] => [
  ...withdrawal(module, change),
  ...(change.isWithdrawn === true
    ? []
    : changeRequests(
        module,
        change.formerly === undefined ? change : { ...change, before: undefined },
      )),
];

const changeRequests = (module: PushedModule, change: PushedChange): readonly PushRequest[] => {
  const { quirks, place, after } = change;
  switch (module) {
    case 'sessions':
      return requestOf(pushTo(sessionPush(change), quirks), place, after);
    case 'tokens':
      return requestOf(pushTo(tokenPush(change), quirks), place, after);
    case 'locations':
      return locationRequests(change);
    case 'tariffs':
      return [{ method: 'PUT', segments: place, body: after }];
    case 'chargingprofiles':
      return [{ method: 'PUT', segments: place.slice(-1), body: after }];
    case 'cdrs':
    case 'invoicereconciliation':
      return [{ method: 'POST', segments: [], body: after }];
    default:
      return module satisfies never;
  }
};
