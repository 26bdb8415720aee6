import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A push that a partner of the bench got. */
export type TakenPush = {
  readonly partner: number;
  readonly method: string;
  readonly module: string;
  readonly bytes: number;
};

/** Partners of the bench, on one server: each registers, and takes what it is sent. */
export type BenchPartners = {
  /** The list of versions of the n-th partner. */
  readonly versionsUrl: (partner: number) => string;
  /** The token by which the n-th partner calls us, once it has registered. */
  readonly tokenOf: (partner: number) => string;
  /** The pushes that they got since it was cleared. */
  readonly taken: TakenPush[];
  /** Never answers from now on. */
  readonly silence: (partner: number) => void;
  readonly stop: () => void;
};

/** The party of the n-th partner. */
export const benchPartyId = (partner: number): string => `P${String(partner).padStart(2, '0')}`;

const version = '2.2.1';
const receivers = ['locations', 'tariffs', 'sessions', 'cdrs'];

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

/** Starts the partners. */
export async function startBenchPartners(): Promise<BenchPartners> {
  const taken: TakenPush[] = [];
  const tokens = new Map<number, string>();
  const silent = new Set<number>();
  const configuration = (base: string, partner: number, path: string, body: string): unknown => {
    if (path === 'versions') return [{ version, url: `${base}/${version}` }];
    if (path === version) {
      const endpoint = (identifier: string, role: string, url: string) => ({
        identifier,
        role,
        url,
      });
      return {
        version,
        endpoints: [
          endpoint('credentials', 'SENDER', `${base}/credentials`),
          ...receivers.map((module) => endpoint(module, 'RECEIVER', `${base}/${module}`)),
        ],
      };
    }
    tokens.set(partner, (JSON.parse(body) as { readonly token: string }).token);
    const details = { name: `Partner ${partner}` };
    const party = { country_code: 'NL', party_id: benchPartyId(partner) };
    const roles = [{ role: 'EMSP', ...party, business_details: details }];
    return { token: `token-of-${partner}`, url: `${base}/versions`, roles };
  };
  const server = createServer(async (request, response) => {
    const { method = '', url = '', headers } = request;
    const body = await bodyOf(request);
    const [, number = '', module = ''] = url.split(/[/?]/);
    const partner = Number(number);
    if (silent.has(partner)) return;
    const isPush = receivers.includes(module);
    if (isPush) taken.push({ partner, method, module, bytes: Buffer.byteLength(body) });
    const base = `http://${headers.host}/${partner}`;
    const data = isPush
      ? undefined
      : configuration(base, partner, url.split('/').slice(2).join('/'), body);
    const timestamp = new Date().toISOString();
    response.setHeader('content-type', 'application/json');
    if (method === 'POST' && isPush) response.setHeader('location', `${base}/cdrs/${taken.length}`);
    response.end(JSON.stringify({ data, status_code: 1000, timestamp }));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    versionsUrl: (partner) => `http://127.0.0.1:${port}/${partner}/versions`,
    tokenOf: (partner) => tokens.get(partner) ?? '',
    taken,
    silence: (partner) => void silent.add(partner),
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
