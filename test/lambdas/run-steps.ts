import { createHash, generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type AttributeValue, ScanCommand } from '@aws-sdk/client-dynamodb';
import type { TestDatabase } from '../contracts/engines.ts';

type Handler = (event: unknown, context: unknown) => Promise<unknown>;

/** The record of a stream. */
export type StreamRecord = {
  readonly eventName: string;
  readonly dynamodb: {
    readonly NewImage: Readonly<Record<string, { readonly S?: string; readonly B?: string }>>;
    readonly OldImage?: unknown;
    readonly SequenceNumber: string;
    readonly Keys: object;
  };
};

/** The functions as Lambda runs them, with a database and a key of their own. */
export type Steps = {
  /** Runs a function; `requestId` is that of the event. */
  readonly run: (step: string, event: unknown, requestId?: string) => Promise<unknown>;
  /** Records of a table as its stream would hand them over; nothing is lost by handing them over again. */
  readonly recordsOf: (table: string) => Promise<readonly StreamRecord[]>;
  readonly publicKey: KeyObject;
  /** The targets of the requests to KMS and SQS, in order. */
  readonly asked: readonly string[];
  readonly stop: () => void;
};

/** Sets the environment of the functions; they are loaded when they run. */
export async function startSteps(database: TestDatabase): Promise<Steps> {
  const asked: string[] = [];
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const services = await startServices((body, target) => {
    asked.push(target);
    return target.endsWith('SendMessage') ? answerSqs(body) : answerKms(keys, body, target);
  });
  const { port } = services.address() as AddressInfo;
  const endpoint = `http://127.0.0.1:${port}`;
  Object.assign(process.env, {
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'TEST',
    AWS_SECRET_ACCESS_KEY: 'TEST',
    AWS_ENDPOINT_URL_DYNAMODB: database.url,
    AWS_ENDPOINT_URL_KMS: endpoint,
    AWS_ENDPOINT_URL_SQS: endpoint,
    CORRECTIONS_QUEUE_URL: `${endpoint}/000000000000/corrections`,
    STATE_TABLE: database.state,
    READINGS_TABLE: database.readings,
    CDR_KEY_ID: 'arn:aws:kms:eu-central-1:000000000000:key/cdr',
  });
  return {
    run: async (step, event, awsRequestId = 'r') => {
      const module: { handler: Handler } = await import(`../../lambdas/${step}/handler.ts`);
      return await module.handler(event, { awsRequestId, getRemainingTimeInMillis: () => 10_000 });
    },
    recordsOf: async (table) => {
      const { Items = [] } = await database.client.send(new ScanCommand({ TableName: table }));
      return Items.map((item, index) => ({
        eventName: 'INSERT',
        dynamodb: {
          NewImage: imageOf(item),
          SequenceNumber: String(index),
          Keys: {},
        },
      }));
    },
    publicKey: keys.publicKey,
    asked,
    stop: () => services.close(),
  };
}

/** An item as Lambda hands it on: bytes are base64. */
const imageOf = (item: Record<string, AttributeValue>): StreamRecord['dynamodb']['NewImage'] =>
  JSON.parse(
    JSON.stringify(item, (_name, value: unknown) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value,
    ),
  );

type Answer = Readonly<Record<string, string>>;

/** Answers as KMS does; it cannot sign a digest, so it signs the digest's bytes as they are. */
function answerKms(
  keys: { readonly publicKey: KeyObject; readonly privateKey: KeyObject },
  body: Answer,
  target: string,
): Answer {
  if (target.endsWith('GetPublicKey')) {
    const der = keys.publicKey.export({ type: 'spki', format: 'der' });
    return { PublicKey: der.toString('base64') };
  }
  const digest = Buffer.from(body['Message'] ?? '', 'base64');
  return { Signature: sign('sha256', digest, keys.privateKey).toString('base64') };
}

/** Answers as SQS does when it takes a message. */
function answerSqs(body: Answer): Answer {
  const digest = createHash('md5').update(body['MessageBody'] ?? '');
  return { MessageId: randomUUID(), MD5OfMessageBody: digest.digest('hex') };
}

async function startServices(answer: (body: Answer, target: string) => Answer): Promise<Server> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString('utf8'));
      response.setHeader('content-type', 'application/x-amz-json-1.1');
      response.end(JSON.stringify(answer(body, String(request.headers['x-amz-target']))));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return server;
}
