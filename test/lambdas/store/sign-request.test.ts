import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import {
  type Credentials,
  createSigner,
  type Signer,
} from '../../../lambdas/store/table/sign-request.ts';

type Request = Parameters<Signer['sign']>[0];

/** A request as the SDK signs it by itself. */
async function signedByTheSdk(
  credentials: Credentials,
  region: string,
  text: string,
): Promise<Request> {
  let sent: Request | undefined;
  const client = new DynamoDBClient({
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
const region = fc.constantFrom('eu-central-1', 'us-gov-west-1');

describe('a request to DynamoDB', () => {
  it('a request to DynamoDB is signed as the SDK signs it, whatever it says and whoever signs', async () => {
    await fc.assert(
      fc.asyncProperty(credentials, region, fc.string({ unit: 'binary' }), async (...made) => {
        const [whose, where, text] = made;
        const expected = await signedByTheSdk(whose, where, text);
        const signer = createSigner(async () => whose);
        const signed = await signer.sign(unsigned(expected), {
          signingDate: timeOf(expected),
          signingRegion: where,
          signingService: 'dynamodb',
        });
        expect(signed.headers).toEqual(expected.headers);
      }),
      { numRuns: 25 },
    );
  });

  it('a request to DynamoDB is signed with the key of its day, its region and its credentials, also behind one of others', async () => {
    let whose: Credentials = { accessKeyId: 'FIRST', secretAccessKey: 'first' };
    const oneSigner = createSigner(async () => whose);
    const request = unsigned(await signedByTheSdk(whose, 'eu-central-1', 'a'));
    const sign = async (signer: Signer, day: string, signingRegion: string): Promise<string> => {
      const options = { signingDate: new Date(day), signingRegion, signingService: 'dynamodb' };
      const { headers } = await signer.sign(unsigned(request), options);
      return String(headers['authorization']);
    };
    for (const secretAccessKey of ['first', 'second']) {
      whose = { ...whose, secretAccessKey };
      for (const day of ['2026-03-14T23:59:59Z', '2026-03-15T00:00:00Z']) {
        for (const where of ['eu-central-1', 'eu-west-1']) {
          const mine = whose;
          const own = await sign(
            createSigner(async () => mine),
            day,
            where,
          );
          expect(await sign(oneSigner, day, where)).toBe(own);
        }
      }
    }
  });
});
