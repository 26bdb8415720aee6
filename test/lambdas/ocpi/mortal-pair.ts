import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { answerOutcome } from '../../../core/ocpi/envelope/answer-outcome.ts';
import { writeEnvelope } from '../../../core/ocpi/envelope/envelope.ts';
import { answerRequest } from '../../../lambdas/api/answer-request.ts';
import type { Served } from '../../../lambdas/http/serve-request.ts';
import { answerPartner } from '../../../lambdas/ocpi/answer-partner.ts';
import { readOcpiRequest } from '../../../lambdas/ocpi/read-ocpi-request.ts';
import { createRequestText } from '../../../lambdas/outbound/request-text.ts';
import { callPartner } from '../../../lambdas/roaming/call-partner.ts';
import { openToken } from '../../../lambdas/roaming/sealed-token.ts';
import { readPartner } from '../../../lambdas/store/partners/partners.ts';
import type { Database } from '../../../lambdas/store/table/client.ts';
import { matched } from '../http-event.ts';
import { newOperator } from '../plant.ts';
import { testServices } from '../test-services.ts';

/** The end of a function in the middle of its work: whatever it does after that fails as well. */
class Died extends Error {}

/** The run of one function. */
type Life = { isOver: boolean };

/** The address of both for each other: no form takes that of a server on this machine. */
const named = 'https://ours.example';

const writes = new Set(['TransactWriteItemsCommand', 'PutItemCommand', 'UpdateItemCommand']);

/** One of two operators that are partners of each other. */
export type MortalSide = {
  readonly operatorId: string;
  /** A call of its API: `died` where a function did so at it. */
  readonly call: (method: string, path: string, body?: object) => Promise<Served | 'died'>;
};

/** Two operators whose functions reach each other over HTTP, and die at a point that a test names. */
export type MortalPair = {
  readonly inviting: MortalSide;
  readonly joining: MortalSide;
  /** Has the function die that comes to the point of this number from now on: a write that is done, an answer that came, or one that is to be given. */
  readonly dieAt: (point: number) => void;
  /** How many functions have died. */
  readonly deaths: () => number;
  /** Called at every point, by other functions at that moment. */
  meanwhile: (() => Promise<void>) | undefined;
  /** The HTTP status of a call of one side's partner with the token that the side holds; undefined where it holds none. */
  readonly reach: (side: MortalSide, partnerId: string) => Promise<number | undefined>;
  readonly stop: () => void;
};

/** Starts a deployment of two operators. */
export async function startMortalPair(database: Database): Promise<MortalPair> {
  let point = 0;
  let fatal = 0;
  let died = 0;
  let isAside = false;
  const key = randomBytes(32);
  const overHttp = createRequestText({ allowLoopback: true }, { milliseconds: 7_000, bytes: 1e6 });
  const reached: typeof overHttp = async (request) =>
    await overHttp({ ...request, url: request.url.replace(named, base) });

  const pass = async (life: Life): Promise<void> => {
    if (life.isOver) throw new Died();
    if (isAside) return;
    point += 1;
    if (point === fatal) {
      life.isOver = true;
      died += 1;
      throw new Died();
    }
    isAside = true;
    await pair.meanwhile?.().finally(() => {
      isAside = false;
    });
    isAside = false;
  };
  const databaseOf = (life: Life): Database => ({
    ...database,
    client: {
      send: async (command: Parameters<DynamoDBClient['send']>[0]) => {
        if (life.isOver) throw new Died();
        const answer = await database.client.send(command);
        if (writes.has(command.constructor.name)) await pass(life);
        return answer;
      },
    } as unknown as DynamoDBClient,
  });
  const servicesOf = (life: Life) => ({
    request: async (request: Parameters<typeof reached>[0]) => {
      if (life.isOver) throw new Died();
      const answer = await reached(request);
      await pass(life);
      return answer;
    },
    keyOf: async () => key,
    ocpiUrl: `${named}/ocpi`,
    sendCommandMessage: async () => {},
    now: Date.now,
  });
  const outcomeOf = async <T>(work: (life: Life) => Promise<T>): Promise<T | 'died'> => {
    const life: Life = { isOver: false };
    const done = await work(life)
      .then(async (answer) => {
        await pass(life);
        return answer;
      })
      .catch((error: unknown) => {
        if (life.isOver) return 'died' as const;
        throw error;
      });
    return life.isOver ? 'died' : done;
  };

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', async () => {
      const { method = '', headers } = request;
      const { pathname, searchParams } = new URL(request.url ?? '', base);
      const read = readOcpiRequest(method, {
        routeKey: 'ANY /ocpi/{place+}',
        path: { place: decodeURIComponent(pathname.slice('/ocpi/'.length)) },
        query: Object.fromEntries(searchParams),
        headers: headers as Readonly<Record<string, string>>,
        body: Buffer.concat(chunks).toString('utf8'),
        base64: false,
      });
      if (typeof read === 'string') throw new Error(read);
      const answer = await outcomeOf(
        async (life) => await answerPartner(databaseOf(life), servicesOf(life), read),
      );
      // As API Gateway answers for a function that is gone.
      if (answer === 'died') return response.writeHead(502).end('{"message":"Bad Gateway"}');
      const { http, location: _, ...envelope } = answerOutcome(answer.outcome, answer.version);
      response.writeHead(http, { 'content-type': 'application/json' });
      return response.end(writeEnvelope(envelope, new Date().toISOString()));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const sideOf = async (partyId: string, role: 'CPO' | 'EMSP'): Promise<MortalSide> => {
    const { operatorId, apiKey, call } = await newOperator(database);
    await call('PUT', '/settings/ocpi', {
      ...{ countryCode: 'DE', partyId, businessName: partyId, roles: [role] },
    });
    return {
      operatorId,
      call: async (method, path, body) => {
        const { routeKey, pathParameters, queryStringParameters } = matched(method, path);
        const request = {
          ...{ routeKey, path: pathParameters, query: queryStringParameters, base64: false },
          headers: { authorization: `Bearer ${apiKey}` },
          body: body === undefined ? undefined : JSON.stringify(body),
        };
        return await outcomeOf(async (life) => {
          const services = { ...testServices, roaming: async () => servicesOf(life) };
          return await answerRequest(databaseOf(life), request, Date.now(), services);
        });
      },
    };
  };
  const pair: MortalPair = {
    inviting: await sideOf('OUR', 'CPO'),
    joining: await sideOf('DRI', 'EMSP'),
    dieAt: (at) => {
      point = 0;
      fatal = at;
    },
    deaths: () => died,
    meanwhile: undefined,
    reach: async ({ operatorId }, partnerId) => {
      const partner = await readPartner(database, operatorId, partnerId);
      const { registration } = partner ?? {};
      const url = registration?.endpoints.find(
        ({ identifier }) => identifier === 'credentials',
      )?.url;
      if (registration === undefined || url === undefined) return undefined;
      const token = openToken(key, registration.sealedToken);
      const { encoding } = registration;
      const services = { request: reached };
      const called = await callPartner(services, { method: 'GET', url, token, encoding });
      return called.kind === 'unauthorized' ? 401 : 'http' in called ? called.http : 0;
    },
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  return pair;
}
