import { answerOutcome } from '../../../core/ocpi/envelope/answer-outcome.ts';
import type { CommandMessage } from '../../../lambdas/connection/command-message.ts';
import { answerAlways } from '../../../lambdas/ocpi/answer-always.ts';
import { readOcpiRequest } from '../../../lambdas/ocpi/read-ocpi-request.ts';
import type { RequestText, TextRequest } from '../../../lambdas/outbound/request-text.ts';
import type { TestDatabase } from '../../contracts/engines.ts';
import type { TestOperator } from '../plant.ts';
import { type Golden, plainJson } from './golden-document.ts';

/** The names of parties in these tests, as country and party id. */
export const ours = 'DE OUR';
export const hubParty = 'EU HUB';
/** An eMSP and a CPO behind the hub. */
export const driversParty = 'NL TNM';
export const chargersParty = 'FR BEC';

/** Who a message is from and for; absent where the headers are. */
export type Routed = { readonly to?: string; readonly from?: string };

/** A message that the hub brought to a party behind it. */
export type BroughtMessage = Routed & {
  readonly party: string;
  readonly method: string;
  readonly path: string;
  readonly body: Golden;
};

/** An answer of ours, as the hub gets it. */
export type HubAnswer = Routed & {
  readonly http: number;
  readonly statusCode: number;
  readonly message: string;
  readonly data: unknown;
  readonly location: string | undefined;
  readonly headers: { readonly [name: string]: string };
};

const base = 'https://hub.example';

const lowered = (headers: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

const routedBy = (headers: Readonly<Record<string, string | undefined>>): Routed => {
  const named = (side: 'to' | 'from') => {
    const country = headers[`ocpi-${side}-country-code`];
    return country === undefined
      ? {}
      : { [side]: `${country} ${headers[`ocpi-${side}-party-id`]}` };
  };
  return { ...named('to'), ...named('from') };
};

const headersOf = ({ to, from }: Routed): Record<string, string> => {
  const named = (side: string, party: string | undefined): Record<string, string> => {
    const [country = '', id = ''] = (party ?? '').split(' ');
    return party === undefined
      ? {}
      : { [`ocpi-${side}-country-code`]: country, [`ocpi-${side}-party-id`]: id };
  };
  return { ...named('to', to), ...named('from', from) };
};

const party = (name: string) => {
  const [country_code = '', party_id = ''] = name.split(' ');
  return { country_code, party_id };
};

const credentialsOf = (version: string) => {
  const start = { token: 'HUB-TOKEN', url: `${base}/versions` };
  const business_details = { name: 'Hub' };
  return version === '2.3.0'
    ? {
        ...start,
        hub_party_id: hubParty.replace(' ', ''),
        roles: [
          { role: 'EMSP', ...party(driversParty), business_details },
          { role: 'CPO', ...party(chargersParty), business_details },
        ],
      }
    : { ...start, roles: [{ role: 'HUB', ...party(hubParty), business_details }] };
};

const modules = ['locations', 'tariffs', 'sessions', 'cdrs', 'tokens', 'commands'];

const endpoints = [
  { identifier: 'credentials', role: 'SENDER', url: `${base}/credentials` },
  { identifier: 'hubclientinfo', role: 'SENDER', url: `${base}/clients` },
  ...modules.flatMap((identifier) =>
    ['SENDER', 'RECEIVER'].map((role) => ({
      ...{ identifier, role },
      url: `${base}/${role.toLowerCase()}/${identifier}`,
    })),
  ),
];

const forEveryone = ['locations', 'tariffs', 'tokens'];

const answered = (status: number, content: object, headers: Record<string, string> = {}) =>
  ({
    kind: 'answered',
    status,
    headers,
    body: JSON.stringify({ ...content, timestamp: '2026-04-14T16:30:00Z' }),
  }) as const;

const swapped = ({ from }: Routed): Routed => (from === undefined ? {} : { to: from });

/** The data of an answer: that to a command, or to a question about a token, which is one of the party's that was asked. */
function dataOf({ pathname }: URL, name: string) {
  if (pathname.includes('/commands/')) return { data: { result: 'ACCEPTED', timeout: 30 } };
  const [, uid = ''] = /\/tokens\/([^/]+)\/authorize$/.exec(pathname) ?? [];
  return uid === '' ? {} : { data: { allowed: 'ALLOWED', token: hubToken(name, uid) } };
}

/** A hub, written by the text of 2.2.1, with two parties behind it: what it was sent, what its parties have, and which of them fail. */
function openHub(version: string) {
  const brought: BroughtMessage[] = [];
  const asked: (TextRequest & Routed)[] = [];
  /** All that the parties have, by module, in one list for all. */
  const lists: Record<string, Golden[]> = {};
  /** The status that the hub answers for a party instead of bringing it anything. */
  const troubles = new Map<string, number>();
  const behind = [driversParty, chargersParty];

  const bring = (name: string, method: string, path: string, routed: Routed, body: Golden) => {
    brought.push({ party: name, method, path, body, ...routed });
  };
  /** A page of one object of everything that the parties have. */
  const page = (url: URL, routed: Routed) => {
    const module = url.pathname.split('/').at(-1) ?? '';
    const all = lists[module] ?? [];
    const offset = Number(url.searchParams.get('offset') ?? 0);
    const next = new URL(url);
    next.searchParams.set('offset', String(offset + 1));
    return answered(
      200,
      { data: all.slice(offset, offset + 1), status_code: 1000 },
      {
        ...headersOf(routed),
        'x-total-count': String(all.length),
        'x-limit': '1',
        ...(offset + 1 < all.length ? { link: `<${next.href}>; rel="next"` } : {}),
      },
    );
  };
  const toOne = (name: string, request: TextRequest, url: URL, { from }: Routed) => {
    const asking = from === undefined ? {} : { from };
    const back = headersOf({ ...swapped(asking), from: name });
    const trouble = troubles.get(name) ?? (behind.includes(name) ? undefined : 4001);
    if (trouble !== undefined) {
      return answered(200, { status_code: trouble, status_message: 'Not brought.' }, back);
    }
    const body = JSON.parse(request.body ?? '{}') as Golden;
    bring(name, request.method, url.pathname, { to: name, ...asking }, body);
    return answered(
      201,
      { ...dataOf(url, name), status_code: 1000 },
      { ...back, location: `${base}/objects/1` },
    );
  };
  const broadcast = (request: TextRequest, url: URL, { from = '' }: Routed) => {
    const module = url.pathname.split('/')[2] ?? '';
    const back = headersOf({ to: from, from: hubParty });
    if (!forEveryone.includes(module)) return answered(200, { status_code: 2001 }, back);
    for (const name of behind) {
      const body = JSON.parse(request.body ?? '{}') as Golden;
      bring(name, request.method, url.pathname, { to: name, from: hubParty }, body);
    }
    return answered(200, { status_code: 1000 }, back);
  };
  const request: RequestText = async (sent) => {
    const url = new URL(sent.url);
    const routed = routedBy(lowered(sent.headers));
    asked.push({ ...sent, ...routed });
    const isConfiguration = !/^\/(sender|receiver)\//.test(url.pathname);
    // Routing headers are not for modules of configuration, and all others need to say who asks.
    if (isConfiguration !== (routed.from === undefined))
      return answered(200, { status_code: 2001 });
    switch (url.pathname) {
      case '/versions':
        return answered(200, {
          data: [{ version, url: `${base}/${version}` }],
          status_code: 1000,
        });
      case `/${version}`:
        return answered(200, { data: { version, endpoints }, status_code: 1000 });
      case '/credentials':
        return answered(200, { data: credentialsOf(version), status_code: 1000 });
      case '/clients':
        return page(url, {});
      default:
        break;
    }
    if (routed.to === hubParty) {
      return sent.method === 'GET'
        ? page(url, { to: routed.from ?? '', from: hubParty })
        : broadcast(sent, url, routed);
    }
    return toOne(routed.to ?? driversParty, sent, url, routed);
  };
  return { request, brought, asked, lists, troubles };
}

/** An operator that is CPO and eMSP behind a hub; `send` is a message that the hub brings to it. */
export async function haveHub(database: TestDatabase, operator: TestOperator, version = '2.2.1') {
  const settings = { countryCode: 'DE', partyId: 'OUR', businessName: 'Ours' };
  await operator.call('PUT', '/settings/ocpi', { ...settings, roles: ['CPO', 'EMSP'] });
  const { body: invited } = await operator.call('POST', '/partners', {
    ...{ name: 'Hub', versions: [version], roles: ['CPO', 'EMSP'] },
  });
  const hub = openHub(version);
  const commandMessages: CommandMessage[] = [];
  const services = {
    request: hub.request,
    keyOf: async () => new Uint8Array(32),
    ocpiUrl: 'https://ours.example/ocpi',
    now: Date.now,
    sendCommandMessage: async (message: CommandMessage) => {
      commandMessages.push(message);
    },
  };
  const call = async (
    method: string,
    place: string,
    token: string,
    routed: Routed,
    body?: unknown,
  ): Promise<HubAnswer> => {
    const [path = '', search = ''] = place.split('?');
    const request = readOcpiRequest(method, {
      routeKey: 'ANY /ocpi/{place+}',
      path: { place: path },
      query: Object.fromEntries(new URLSearchParams(search)),
      headers: { authorization: `Token ${token}`, ...headersOf(routed) },
      body: body === undefined ? undefined : JSON.stringify(body),
      base64: false,
    });
    if (typeof request === 'string') throw new Error(`Not a request of OCPI: ${request}`);
    const answer = await answerAlways(database, services, request);
    const { headers = {} } = answer;
    const { http, statusCode, ...rest } = answerOutcome(answer.outcome, answer.version);
    return {
      ...{ http, statusCode, message: rest.statusMessage ?? '', location: rest.location },
      data: plainJson(rest.data),
      headers,
      ...routedBy(lowered(headers)),
    };
  };
  const at = `${version}/credentials`;
  const tokenA = String(invited['tokenA']);
  const registered = await call('POST', at, tokenA, {}, credentialsOf(version));
  const { token } = registered.data as { readonly token: string };
  return {
    ...hub,
    ...{ operator, services, commandMessages, token },
    partnerId: String(invited['partnerId']),
    /** A request to one of our modules, as in `cpo/tokens`, from a party through the hub unless said otherwise. */
    send: async (method: string, place: string, routed: Routed, body?: unknown) => {
      const [tree = '', ...rest] = place.split('/');
      return await call(method, `${tree}/${version}/${rest.join('/')}`, token, routed, body);
    },
    /** A request to our client info, which has no routing headers. */
    tell: async (method: string, place: string, body?: unknown) =>
      await call(method, `${version}/hubclientinfo/${place}`, token, {}, body),
  };
}

/** A hub in front of an operator. */
export type HubDouble = Awaited<ReturnType<typeof haveHub>>;

/** The statement of a hub about a party. */
export const clientInfo = (
  name: string,
  role: string,
  status: string,
  last_updated = '2026-05-01T08:00:00Z',
) => ({ ...party(name), role, status, last_updated });

/** The place of a party in a path. */
export const placeOf = (name: string): string => name.replace(' ', '/');

/** A token of a driver of a party behind the hub. */
export const hubToken = (name: string, uid: string, more: object = {}) => ({
  ...party(name),
  ...{ uid, type: 'RFID', contract_id: `C-${uid}`, issuer: name, valid: true },
  ...{ whitelist: 'ALWAYS', last_updated: '2026-04-14T15:00:00Z' },
  ...more,
});
