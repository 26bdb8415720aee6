import {
  DynamoDBClient,
  type DynamoDBClientConfig,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import { newClient } from '../../../lambdas/store/table/new-client.ts';
import {
  type Credentials,
  createSigner,
  type Signer,
} from '../../../lambdas/store/table/sign-request.ts';

type Request = Parameters<Signer['sign']>[0];

type MakeClient = (config: DynamoDBClientConfig) => DynamoDBClient;

const sdk: MakeClient = (config) => new DynamoDBClient(config);

/** A request as a client signs it: by default as the SDK does by itself. */
async function signedByTheSdk(
  credentials: Credentials,
  region: string,
  text: string,
  makeClient = sdk,
): Promise<Request> {
  let sent: Request | undefined;
  const client = makeClient({
    region,
    credentials: omitUndefined(credentials),
    maxAttempts: 1,
    requestHandler: {
      handle: async (request: Request) => {
        sent = request;
        throw new Error('Nothing is sent');
      },
    },
  });
  const item = { pk: { S: text }, sk: { S: 'a' } };
  await client.send(new PutItemCommand({ TableName: 'readings', Item: item })).catch(() => {});
  if (sent === undefined) throw new Error('The SDK made no request');
  return sent;
}

const timeOf = (request: Request): Date =>
  new Date(
    String(request.headers['x-amz-date']).replace(
      /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/,
      '$1-$2-$3T$4:$5:$6Z',
    ),
  );

const ofTheSigner = ['authorization', 'x-amz-date', 'x-amz-content-sha256', 'x-amz-security-token'];

function unsigned(request: Request): Request {
  const kept = Object.entries(request.headers).filter(([name]) => !ofTheSigner.includes(name));
  return { ...request, headers: Object.fromEntries(kept) };
}

const key = fc.string({ minLength: 16, maxLength: 40 });
const credentials = fc.record({
  accessKeyId: fc.stringMatching(/^[A-Z0-9]{16,20}$/),
  secretAccessKey: key,
  sessionToken: fc.option(fc.base64String({ minLength: 8 }), { nil: undefined }),
});
const regions = fc.constantFrom('eu-central-1', 'us-gov-west-1');

describe('a request to DynamoDB', () => {
  it('a request to DynamoDB is signed as the SDK signs it, whatever it says and whoever signs', async () => {
    await fc.assert(
      fc.asyncProperty(credentials, regions, fc.string({ unit: 'binary' }), async (...made) => {
        const [whose, where, text] = made;
        const expected = await signedByTheSdk(whose, where, text);
        const signer = createSigner(
          async () => whose,
          async () => where,
        );
        const signed = await signer.sign(unsigned(expected), { signingDate: timeOf(expected) });
        expect(signed.headers).toEqual(expected.headers);
      }),
      { numRuns: 25 },
    );
  });

  it('a request goes out of our client as it goes out of the SDK, to the same host and signed for the same service and region', async () => {
    vi.useFakeTimers({ now: Date.parse('2026-03-14T09:15:00Z'), toFake: ['Date'] });
    try {
      const whose = {
        accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
        secretAccessKey: 'wJalrXUtnFEMI',
        sessionToken: 'token',
        accountId: '123456789012',
      };
      const ours = await signedByTheSdk(whose, 'eu-central-1', 'a', newClient);
      const theirs = await signedByTheSdk(whose, 'eu-central-1', 'a');
      expect(ours.hostname).toBe(theirs.hostname);
      expect(ours.path).toBe(theirs.path);
      expect(ours.body).toEqual(theirs.body);
      const scopeOf = ({ headers }: Request) =>
        /Credential=(\S+), SignedHeaders=(\S+),/
          .exec(String(headers['authorization']))
          ?.slice(1, 3);
      expect(scopeOf(ours)?.[0]).toBe(
        'AKIAIOSFODNN7EXAMPLE/20260314/eu-central-1/dynamodb/aws4_request',
      );
      expect(scopeOf(ours)?.[0]).toBe(scopeOf(theirs)?.[0]);
      // Besides what we leave out, both sign the same headers.
      expect(scopeOf(theirs)?.[1]?.split(';')).toEqual(
        expect.arrayContaining(scopeOf(ours)?.[1]?.split(';') ?? []),
      );
    } finally {
      vi.useRealTimers();
    }
  });

  it('a request to DynamoDB is signed with the key of its day, its region and its credentials, also behind one of others', async () => {
    let whose: Credentials = { accessKeyId: 'FIRST', secretAccessKey: 'first' };
    let region = '';
    const oneSigner = createSigner(
      async () => whose,
      async () => region,
    );
    const request = unsigned(await signedByTheSdk(whose, 'eu-central-1', 'a'));
    const sign = async (signer: Signer, day: string): Promise<string> => {
      const { headers } = await signer.sign(unsigned(request), { signingDate: new Date(day) });
      return String(headers['authorization']);
    };
    for (const secretAccessKey of ['first', 'second']) {
      whose = { ...whose, secretAccessKey };
      for (const day of ['2026-03-14T23:59:59Z', '2026-03-15T00:00:00Z']) {
        for (const where of ['eu-central-1', 'eu-west-1']) {
          const mine = whose;
          region = where;
          const own = createSigner(
            async () => mine,
            async () => where,
          );
          expect(await sign(oneSigner, day)).toBe(await sign(own, day));
        }
      }
    }
  });
});
