import { generateKeyPairSync } from 'node:crypto';
import { ScanCommand, type ScanCommandInput } from '@aws-sdk/client-dynamodb';
import type { Protocol } from '../../core/ocpp/protocol.ts';
import { answerRequest } from '../../lambdas/api/answer-request.ts';
import { apiErrors } from '../../lambdas/api/errors.ts';
import { closeDivided } from '../../lambdas/cdr/close-divided.ts';
import { closeSuperseded } from '../../lambdas/cdr/close-superseded.ts';
import { type CdrHelpers, makeCdr } from '../../lambdas/cdr/make-cdr.ts';
import { contextOf } from '../../lambdas/connection/charger-context.ts';
import type { HttpRequest } from '../../lambdas/http/http-request.ts';
import { httpResponse } from '../../lambdas/http/http-response.ts';
import type { Served } from '../../lambdas/http/serve-request.ts';
import { answerMessage } from '../../lambdas/ocpp/answer-message.ts';
import type { MessageContext } from '../../lambdas/ocpp/message-context.ts';
import { createOperatorWithKey } from '../../lambdas/operators/create-operator.ts';
import { keepStatus } from '../../lambdas/status/keep-status.ts';
import { readCharger } from '../../lambdas/store/chargers/chargers.ts';
import { firstChargerOfId } from '../../lambdas/store/chargers/first-charger-of-id.ts';
import { readSite } from '../../lambdas/store/locations/read-site.ts';
import { type MessageRecord, messageRecordFrom } from '../../lambdas/store/readings/readings.ts';
import { storedSessionFrom } from '../../lambdas/store/sessions/session-item.ts';
import type { Database } from '../../lambdas/store/table/client.ts';
import type { Item } from '../../lambdas/store/table/item.ts';
import { foldSpan, spansOf } from '../../lambdas/tariff/fold-readings.ts';
import { signDigest } from '../../runner/kms/p256.ts';
import { testSealKey } from '../core/cdr/test-seal-key.ts';
import { expectDescribed } from './expect-described.ts';
import { matched } from './http-event.ts';
import { testServices } from './test-services.ts';

process.env['CDR_KEY_ID'] = 'arn:test:key';
const keys = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });

/** A signer with a key of its own, as KMS signs. */
export const testSigner = async (digest: string) => ({
  signature: signDigest(keys.privateKey, Buffer.from(digest, 'hex')).toString('base64'),
});

/** Services of the CDR step besides the tables; requests to look again are ignored, and no message waits. */
export const cdrHelpers: CdrHelpers = {
  sign: testSigner,
  askForCorrection: async () => {},
  countWaiting: async () => 0,
  waitForMessages: async () => {},
};

/** The public half of the test signer's key. */
export const testKey = testSealKey(keys.publicKey);

/** The body of an answer, to be looked into. */
export type Body = Record<string, unknown> & { readonly items?: readonly Body[] };

/** An operator at work: the key and a caller of the API. */
export type TestOperator = {
  readonly operatorId: string;
  readonly apiKey: string;
  readonly call: (
    method: string,
    path: string,
    body?: unknown,
    headers?: HttpRequest['headers'],
  ) => Promise<{ status: number; code?: string; body: Body }>;
};

const bodyOf = (answer: Served): { status: number; code?: string; body: Body } =>
  answer.kind === 'done'
    ? { status: answer.status, body: JSON.parse(JSON.stringify(answer.body ?? {})) }
    : { status: 0, code: answer.code, body: { details: answer.details } };

/** Calls the operator API without HTTP; the path is matched and decoded as API Gateway does. */
export async function callApi(
  database: Database,
  authorization: string | undefined,
  method: string,
  path: string,
  body?: unknown,
  headers: HttpRequest['headers'] = {},
) {
  const { routeKey, pathParameters, queryStringParameters } = matched(method, path);
  const request: HttpRequest = {
    routeKey,
    path: pathParameters,
    query: queryStringParameters,
    headers: { ...headers, authorization },
    body: typeof body === 'string' || body === undefined ? body : JSON.stringify(body),
    base64: false,
  };
  const answer = await answerRequest(database, request, Date.now(), testServices);
  const { statusCode = 0, headers: sent = {}, body: text } = httpResponse(answer, apiErrors);
  const isJson = String(sent['content-type'] ?? '').startsWith('application/json');
  const written = text === undefined || !isJson ? text : JSON.parse(text);
  expectDescribed(method, path, { status: statusCode, body: written });
  return bodyOf(answer);
}

/** Sessions of tests have dates of their own, which grow old while their chargers are registered now. */
const ofTests = (method: string, path: string, body: unknown): unknown =>
  method === 'POST' && path === '/chargers' && typeof body === 'object'
    ? { commissionedAt: '2015-01-01T00:00:00Z', ...body }
    : body;

/** Makes an operator with its first key. */
export async function newOperator(database: Database, name = 'Test'): Promise<TestOperator> {
  const made = await createOperatorWithKey(database, { name }, new Date().toISOString());
  if (made === 'slug-taken') throw new Error('A suggested slug is never taken');
  const { operatorId, apiKey } = made;
  return {
    operatorId,
    apiKey,
    call: (method, path, body, headers) =>
      callApi(database, `Bearer ${apiKey}`, method, path, ofTests(method, path, body), headers),
  };
}

/** A charger on a connection of its own: sends a CALL and gives the answer's payload. */
export type TestCharger = {
  readonly step: MessageContext;
  readonly send: (text: string) => Promise<string | undefined>;
  readonly call: (action: string, payload: unknown) => Promise<Record<string, unknown>>;
};

let connections = 0;

/** Connects a registered charger, by its key or, where one operator alone has it, by its id. `now` is our clock; the connection is a new one each time. */
export async function plugIn(
  database: Database,
  keyOrId: string,
  now = Date.now(),
  protocol: Protocol = 'ocpp1.6',
): Promise<TestCharger> {
  const key = keyOrId.includes('#')
    ? keyOrId
    : ((await firstChargerOfId(database, keyOrId))?.chargerKey ?? '');
  const charger = await readCharger(database, key);
  if (charger === undefined) throw new Error(`no charger ${keyOrId}`);
  connections += 1;
  const step: MessageContext = {
    database,
    charger: contextOf(charger, protocol, await readSite(database, charger)),
    connectionId: `connection-${connections}`,
    connectedAt: now,
    now,
    settings: { heartbeatSeconds: 540, retentionDays: 30 },
  };
  return {
    step,
    send: (text) => answerMessage(step, text),
    call: async (action, payload) => {
      const text = await answerMessage(step, JSON.stringify([2, 'm1', action, payload]));
      const frame = JSON.parse(text ?? 'null');
      if (frame[0] !== 3) throw new Error(`${action}: ${text}`);
      return frame[2];
    },
  };
}

/** The items of a table that a scan gives; the engine leaves out the others, and nobody has to read them. */
type Filter = Pick<ScanCommandInput, 'FilterExpression' | 'ExpressionAttributeValues'>;

/** Everything in a table, as it is stored, or what a filter leaves of it. */
export async function scan(
  database: Database,
  table: string,
  filter: Filter = {},
): Promise<readonly Item[]> {
  const items: Item[] = [];
  let start: Item | undefined;
  do {
    const output = await database.client.send(
      new ScanCommand({ TableName: table, ExclusiveStartKey: start, ...filter }),
    );
    items.push(...(output.Items ?? []));
    start = output.LastEvaluatedKey;
  } while (start !== undefined);
  return items;
}

/** Everything that a charger's connectors and sessions left in the table of readings. */
export const messageRecords = async (database: Database): Promise<readonly MessageRecord[]> =>
  (
    await scan(database, database.readings, {
      FilterExpression: 'NOT kind IN (:reply, :message)',
      ExpressionAttributeValues: { ':reply': { S: 'reply' }, ':message': { S: 'message' } },
    })
  ).map(messageRecordFrom);

/**
 * Does what the streams would have done by now, with every record once more: to repeat it must change nothing.
 * With a charger's key or id, only what concerns it; `helpers` are the CDR step's.
 */
export async function settle(
  database: Database,
  keyOrId?: string,
  helpers: CdrHelpers = cdrHelpers,
): Promise<void> {
  const concerns = (key: string): boolean =>
    keyOrId === undefined || key === keyOrId || key.endsWith(`#${keyOrId.toLowerCase()}`);
  const kept = (await messageRecords(database)).filter((one) => concerns(one.chargerKey));
  for (const reading of kept.filter(({ kind }) => kind !== 'meter' && kind !== 'pushed')) {
    await keepStatus(database, reading);
  }
  for (const span of spansOf(kept)) {
    await foldSpan(database, span, new Date().toISOString());
  }
  const stored = await scan(database, database.state, {
    FilterExpression: 'kind = :session',
    ExpressionAttributeValues: { ':session': { S: 'SESSION' } },
  });
  const sessions = stored.map(storedSessionFrom).filter((one) => concerns(one.chargerKey));
  for (const { session } of sessions) await closeSuperseded(database, session);
  for (const one of sessions) await closeDivided(database, one);
  for (const { session } of sessions) await makeCdr(database, helpers, session.sessionId);
}

/** A minute of the afternoon on which sessions happen; minute 0 is 16:00 on 2026-04-14 in UTC. */
export const at = (minute: number): string =>
  new Date(Date.UTC(2026, 3, 14, 16, minute)).toISOString();

/** The codes of the anomalies of a session or CDR. */
export const codesOf = (thing: object | undefined): readonly string[] =>
  (thing as { readonly anomalies: readonly { readonly code: string }[] }).anomalies.map(
    ({ code }) => code,
  );

/** A MeterValues payload with the register in Wh. */
export const meterValues = (timestamp: string, wh: number, transactionId?: number) => ({
  connectorId: 1,
  ...(transactionId === undefined ? {} : { transactionId }),
  meterValue: [{ timestamp, sampledValue: [{ value: String(wh), unit: 'Wh' }] }],
});
