import { answerOutcome } from '../../../core/ocpi/envelope/answer-outcome.ts';
import { answerPartner } from '../../../lambdas/ocpi/answer-partner.ts';
import { readOcpiRequest } from '../../../lambdas/ocpi/read-ocpi-request.ts';
import type { RoamingServices } from '../../../lambdas/roaming/roaming-services.ts';
import type { TestDatabase } from '../../contracts/engines.ts';
import { newOperator, type TestOperator } from '../plant.ts';
import { plainJson } from './golden-document.ts';
import { partnerPlatform } from './partner-platform.ts';

/** The answer to a request of a partner, numbers as JSON has them. */
export type CpoAnswer = {
  readonly http: number;
  readonly statusCode: number;
  readonly message: string;
  readonly data: unknown;
  readonly location: string | undefined;
  readonly headers: { readonly [name: string]: string };
};

/** A CPO that is a partner of an operator, which is its eMSP. */
export type CpoPartner = {
  readonly operator: TestOperator;
  readonly partnerId: string;
  readonly version: string;
  readonly services: RoamingServices;
  /** Sends a request to a module of ours as eMSP, as in `locations/DE/JNA/L-17`; bytes are sent as they are, and everything else as JSON. */
  readonly send: (method: string, place: string, body?: unknown) => Promise<CpoAnswer>;
};

const credentials = (version: string, partyId: string): object => {
  const party = { party_id: partyId, country_code: 'DE', business_details: { name: partyId } };
  const start = { token: `B-${partyId}`, url: 'https://partner.example/versions' };
  return version === '2.1.1'
    ? { ...start, ...party }
    : { ...start, roles: [{ role: 'CPO', ...party }] };
};

const bodyOf = (sent: unknown): string | undefined => {
  if (sent instanceof Uint8Array) return Buffer.from(sent).toString('utf16le');
  return sent === undefined ? undefined : JSON.stringify(sent);
};

const receivers = ['commands', 'chargingprofiles', 'tokens'];

/** The modules that a CPO shows or takes, and its credentials. */
const endpointsOf = (base: string, version: string) =>
  [
    ...['credentials', 'locations', 'tariffs', 'sessions', 'cdrs'],
    ...(version === '2.3.0' ? ['invoicereconciliation'] : []),
    ...receivers,
  ].map((identifier) => ({
    identifier,
    role: receivers.includes(identifier) ? 'RECEIVER' : 'SENDER',
    url: identifier === 'tokens' ? `${base}/receive/tokens` : `${base}/${identifier}`,
  }));

/** An operator that is a party of OCPI as eMSP. */
export async function haveEmsp(database: TestDatabase): Promise<TestOperator> {
  const operator = await newOperator(database);
  const party = { countryCode: 'DE', partyId: 'EMS', businessName: 'Ours', roles: ['EMSP'] };
  await operator.call('PUT', '/settings/ocpi', party);
  return operator;
}

/** Registers a CPO with an operator; its party is `partyId` in DE. */
export async function haveCpo(
  database: TestDatabase,
  operator: TestOperator,
  version: string,
  partyId = 'JNA',
  more: object = {},
): Promise<CpoPartner> {
  const form = { name: partyId, versions: [version], roles: ['EMSP'], ...more };
  const { body: invited } = await operator.call('POST', '/partners', form);
  const platform = partnerPlatform(version);
  const services = {
    request: platform.request,
    keyOf: async () => new Uint8Array(32),
    ocpiUrl: 'https://ours.example/ocpi',
    now: Date.now,
  };
  const call = async (
    method: string,
    place: string,
    token: string,
    sent?: unknown,
  ): Promise<CpoAnswer> => {
    const [path = '', search = ''] = place.split('?');
    const request = readOcpiRequest(method, {
      routeKey: 'ANY /ocpi/{place+}',
      path: { place: path },
      query: Object.fromEntries(new URLSearchParams(search)),
      headers: { authorization: `Token ${token}` },
      body: bodyOf(sent),
      base64: false,
    });
    if (typeof request === 'string') throw new Error(`Not a request of OCPI: ${request}`);
    const {
      outcome,
      version: spoken,
      headers = {},
    } = await answerPartner(database, services, request);
    const { http, statusCode, statusMessage = '', data, location } = answerOutcome(outcome, spoken);
    return { http, statusCode, message: statusMessage, data: plainJson(data), location, headers };
  };
  const tokenA = String(invited['tokenA']);
  const at = `${version}/credentials`;
  const base = 'https://partner.example';
  const details = { version, endpoints: endpointsOf(base, version) };
  const status = { status_code: 1000, timestamp: '2026-04-14T16:30:00Z' };
  const shown = JSON.stringify({ data: details, ...status });
  platform.answers.set(`${base}/${version}`, { status: 200, body: shown });
  const registered = await call('POST', at, tokenA, credentials(version, partyId));
  const { token } = registered.data as { readonly token: string };
  return {
    operator,
    services,
    version,
    partnerId: String(invited['partnerId']),
    send: async (method, place, body) =>
      await call(
        method,
        place.startsWith('/') ? place.slice(1) : `emsp/${version}/${place}`,
        token,
        body,
      ),
  };
}
