import type { Pair } from '../../core/ocpi/codec/translation.ts';
import { fromVersionAddress, fromVersionDetails } from '../../core/ocpi/common/version-list.ts';
import { checkClock } from '../../core/ocpi/examine/check-clock.ts';
import { checkEndpoints } from '../../core/ocpi/examine/check-endpoints.ts';
import { checkPage } from '../../core/ocpi/examine/check-page.ts';
import type { PartnerCheck } from '../../core/ocpi/examine/partner-check.ts';
import { readableModules, rolesOfPartner } from '../../core/ocpi/examine/readable-modules.ts';
import { hubOf } from '../../core/ocpi/hub/hub-of.ts';
import { type Routing, requestRouting } from '../../core/ocpi/hub/routing-headers.ts';
import type { Party } from '../../core/ocpi/model/party.ts';
import { allTranslators } from '../../core/ocpi/partner/all-translators.ts';
import type { RegisteredPartner } from '../../core/ocpi/partner/partner.ts';
import { type Called, callPartner } from './call-partner.ts';
import type { RoamingServices } from './roaming-services.ts';
import { tokensFor } from './tokens-for.ts';

/** An answer, and how long it took, ms. */
type Timed = { readonly called: Called; readonly milliseconds: number };

/** Ms above which an answer is slow: a driver waits for those to commands. */
const slow = 5_000;

/** A partner's parties are those that it states: what it leaves out belongs to nobody. */
const nobody = { countryCode: '', partyId: '' };

const failure = (name: string, called: Exclude<Called, { kind: 'success' }>): PartnerCheck => ({
  name,
  ok: false,
  detail: called.kind === 'unauthorized' ? 'our token is refused (401)' : called.message,
});

type Ask = (url: string, routing?: Routing) => Promise<Timed>;

async function asking(services: RoamingServices, partner: RegisteredPartner): Promise<Ask> {
  const tokens = await tokensFor(services, partner, partner.registration);
  return async (url, routing = {}) => {
    const askedAt = services.now();
    const called = await callPartner(services, { method: 'GET', url, ...tokens, routing });
    return { called, milliseconds: services.now() - askedAt };
  };
}

async function checkModules(
  { now }: RoamingServices,
  partner: RegisteredPartner,
  us: Party | undefined,
  ask: Ask,
): Promise<readonly (PartnerCheck & { readonly milliseconds: number })[]> {
  const { registration, quirks } = partner;
  const { version, endpoints, roles } = registration;
  const [owner = nobody] = roles;
  const modules = readableModules(endpoints, rolesOfPartner(partner));
  return await Promise.all(
    modules.map(async ({ identifier, kind, url }) => {
      const { called, milliseconds } = await ask(
        `${url}${url.includes('?') ? '&' : '?'}offset=0&limit=1`,
        routingTo(partner, us, identifier),
      );
      if (called.kind !== 'success') {
        return { ...failure(`module ${identifier}`, called), milliseconds };
      }
      const page = {
        identifier,
        data: called.data,
        total: called.headers['x-total-count'],
        receivedAt: new Date(now()).toISOString(),
      };
      const pair = allTranslators[version][kind] as Pair<unknown> | undefined;
      return { ...checkPage(page, pair, quirks, { owner }), milliseconds };
    }),
  );
}

/** Who a page is asked of: a hub is asked for what all of its parties have. */
function routingTo(
  { registration }: RegisteredPartner,
  us: Party | undefined,
  module: string,
): Routing {
  const { version, roles } = registration;
  const hub = hubOf(registration);
  const [receiver] = roles;
  if (version === '2.1.1' || us === undefined) return {};
  if (hub !== undefined) return requestRouting(module, us, { kind: 'get-all', hub });
  return receiver === undefined ? {} : requestRouting(module, us, { kind: 'party', receiver });
}

/** Reads the partner's versions and the endpoints of the one that is spoken. */
async function checkVersions(
  { registration }: RegisteredPartner,
  { called }: Timed,
  ask: Ask,
): Promise<{ readonly checks: readonly PartnerCheck[]; readonly details?: Timed }> {
  if (called.kind !== 'success') return { checks: [failure('versions', called)] };
  const { version, endpoints } = registration;
  const offered = (Array.isArray(called.data) ? called.data : []).flatMap((one) => {
    const read = fromVersionAddress(one, { owner: nobody });
    return read.kind === 'received' ? [read.value] : [];
  });
  const names = offered.map((one) => one.version).join(', ');
  const address = offered.find((one) => one.version.trim() === version);
  if (address === undefined) {
    const detail = `it offers ${names === '' ? 'no version' : names}, and registered with ${version}`;
    return { checks: [{ name: 'versions', ok: false, detail }] };
  }
  const versions = { name: 'versions', ok: true, detail: names };
  const details = await ask(address.url);
  if (details.called.kind !== 'success') {
    return { checks: [versions, failure('endpoints', details.called)], details };
  }
  const read = fromVersionDetails(details.called.data ?? null, { owner: nobody });
  const check =
    read.kind === 'received'
      ? checkEndpoints(endpoints, read.value.endpoints)
      : { name: 'endpoints', ok: false, detail: 'the endpoints cannot be read' };
  return { checks: [versions, check], details };
}

/**
 * Examines the connection to a partner: whether it answers to our token, offers the version and the endpoints of its registration, has the
 * same time, answers quickly, and gives pages that we can read; `us` is the party that asks for them. Changes nothing, there or here.
 */
export async function examinePartner(
  services: RoamingServices,
  partner: RegisteredPartner,
  us: Party | undefined,
): Promise<readonly PartnerCheck[]> {
  const { versionsUrl } = partner.registration;
  const ask = await asking(services, partner);
  const askedAt = services.now();
  const first = await ask(versionsUrl);
  const answeredAt = services.now();
  const { checks, details } = await checkVersions(partner, first, ask);
  if (first.called.kind !== 'success') return checks;
  const modules = await checkModules(services, partner, us, ask);
  const slowest = Math.max(
    ...[first, ...(details === undefined ? [] : [details]), ...modules].map(
      (one) => one.milliseconds,
    ),
  );
  return [
    ...checks,
    checkClock(first.called.headers['date'], askedAt, answeredAt),
    ...modules.map(({ milliseconds: _, ...check }) => check),
    { name: 'latency', ok: slowest < slow, detail: `${slowest} ms for the slowest answer` },
  ];
}
