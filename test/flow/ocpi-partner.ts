import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request that a partner got. */
export type PartnerRequest = {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** A page or object that we answered a partner with. */
export type PartnerAnswer<T> = {
  readonly status: number;
  readonly headers: Headers;
  readonly statusCode: number;
  readonly data: T;
};

type Endpoint = { readonly identifier: string; readonly role?: string; readonly url: string };

/** A partner by the text of OCPI, on a server of its own: it registers with token A, and finds everything from there. */
export type OcpiPartner = {
  readonly requests: readonly PartnerRequest[];
  /** Registers at the versions that it was given. */
  readonly register: (versionsUrl: string, tokenA: string) => Promise<void>;
  /** The address of an endpoint of ours. */
  readonly endpoint: (identifier: string) => string;
  readonly get: <T>(url: string) => Promise<PartnerAnswer<T>>;
  readonly put: (url: string, body: unknown) => Promise<PartnerAnswer<unknown>>;
  readonly post: (
    url: string,
    body: unknown,
  ) => Promise<PartnerAnswer<{ readonly result: string }>>;
  /** An address of the partner itself. */
  readonly at: (path: string) => string;
  /** Has it answer a path of its own with an object, or a page of these objects. */
  readonly serve: (path: string, data: unknown) => void;
  readonly stop: () => void;
};

/** Starts a partner that speaks one version; its party is `partyId` in NL, in a role. */
export async function startOcpiPartner(
  version: string,
  partyId: string,
  role: 'CPO' | 'EMSP',
): Promise<OcpiPartner> {
  const requests: PartnerRequest[] = [];
  const pages = new Map<string, unknown>();
  const envelope = (data: unknown) =>
    JSON.stringify({ data, status_code: 1000, timestamp: new Date().toISOString() });
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const headers = Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
      );
      const { method = '', url: path = '' } = request;
      requests.push({ method, path, headers, body: Buffer.concat(chunks).toString('utf8') });
      response.setHeader('content-type', 'application/json');
      if (method === 'POST' && path === '/receive/cdrs') {
        response.setHeader('location', `${base}/receive/cdrs/1`);
      }
      const [place = ''] = path.split('?');
      response.end(envelope(answers[path] ?? pages.get(place) ?? null));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const base = `http://127.0.0.1:${port}`;
  const own = role === 'CPO' ? ['locations', 'cdrs'] : ['tokens'];
  const answers: Readonly<Record<string, unknown>> = {
    '/versions': [{ version, url: `${base}/${version}` }],
    [`/${version}`]: {
      version,
      endpoints: [
        { identifier: 'credentials', role: 'SENDER', url: `${base}/credentials` },
        ...own.map((identifier) => ({
          ...{ identifier, role: 'SENDER', url: `${base}/${identifier}` },
        })),
        ...['sessions', 'cdrs', 'locations', 'tariffs'].map((identifier) => ({
          ...{ identifier, role: 'RECEIVER', url: `${base}/receive/${identifier}` },
        })),
      ],
    },
  };
  let token = '';
  let endpoints: readonly Endpoint[] = [];
  const written = () => (version === '2.1.1' ? token : Buffer.from(token).toString('base64'));
  const call = async <T>(url: string, init: RequestInit = {}): Promise<PartnerAnswer<T>> => {
    const answer = await fetch(url, {
      ...init,
      headers: {
        authorization: `Token ${written()}`,
        'content-type': 'application/json',
        'x-request-id': 'r-1',
        'x-correlation-id': 'c-1',
        'ocpi-from-country-code': 'NL',
        'ocpi-from-party-id': partyId,
      },
    });
    const body = (await answer.json()) as { status_code: number; data: T };
    const { status, headers } = answer;
    return { status, headers, statusCode: body.status_code, data: body.data };
  };
  const party = { country_code: 'NL', party_id: partyId, business_details: { name: partyId } };
  return {
    requests,
    register: async (versionsUrl, tokenA) => {
      token = tokenA;
      const { data: versions } =
        await call<readonly { version: string; url: string }[]>(versionsUrl);
      const url = versions.find((one) => one.version === version)?.url ?? '';
      const details = await call<{ endpoints: readonly Endpoint[] }>(url);
      const ours = { token: `token-of-${partyId}`, url: `${base}/versions` };
      const sent =
        version === '2.1.1' ? { ...ours, ...party } : { ...ours, roles: [{ role, ...party }] };
      const at = details.data.endpoints.find(({ identifier }) => identifier === 'credentials')?.url;
      const answer = await call<{ token: string }>(at ?? '', {
        method: 'POST',
        body: JSON.stringify(sent),
      });
      if (answer.statusCode !== 1000) throw new Error(`not registered: ${answer.statusCode}`);
      token = answer.data.token;
      endpoints = (await call<{ endpoints: readonly Endpoint[] }>(url)).data.endpoints;
    },
    endpoint: (identifier) =>
      endpoints.find((one) => one.identifier === identifier)?.url ?? `no ${identifier}`,
    get: async (url) => await call(url),
    post: async (url, body) => await call(url, { method: 'POST', body: JSON.stringify(body) }),
    at: (path) => `${base}${path}`,
    serve: (path, data) => void pages.set(path, data),
    put: async (url, body) => await call(url, { method: 'PUT', body: JSON.stringify(body) }),
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
