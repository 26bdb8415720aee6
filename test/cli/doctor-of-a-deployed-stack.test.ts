import { execFile } from 'node:child_process';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

type Outputs = Readonly<Record<string, string>>;

/** Everything that was asked of AWS and of the stack, in this order. */
const asked: string[] = [];
let address = '';
/** The outputs of each stack that the account has. */
const stacks = (): Readonly<Record<string, Outputs>> => ({
  'joulegate-prod-service': {
    HttpUrl: `${address}/api/`,
    ChargerUrl: `${address.replace('http', 'ws')}/edge/`,
    PathFunctionName: 'path-of-prod',
  },
  'joulegate-prod-data': { StateTableName: 'joulegate-prod-state' },
});

/** CloudFormation, CloudFront and the deployed stack in one, as far as the doctor comes where nothing can be registered. */
const answerTo = async (request: IncomingMessage): Promise<[status: number, body: string]> => {
  const { pathname } = new URL(request.url ?? '', address);
  if (pathname === '/') return describeStacks(await bodyOf(request));
  asked.push(`${request.method} ${pathname}`);
  if (pathname.endsWith('/describe')) return [200, '<FunctionSummary></FunctionSummary>'];
  if (pathname.endsWith('/test')) {
    return [
      200,
      '<TestResult><ComputeUtilization>21</ComputeUtilization><FunctionErrorMessage>SyntaxError: Token &quot;{&quot;</FunctionErrorMessage></TestResult>',
    ];
  }
  if (pathname === '/edge/no-charger') return [404, ''];
  if (request.headers.authorization !== undefined) {
    expect(request.headers.authorization).toBe('Bearer jg_live_deployed');
  }
  return request.method === 'GET' ? [200, '{}'] : [503, '{}'];
};

const bodyOf = async (request: IncomingMessage): Promise<URLSearchParams> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return new URLSearchParams(Buffer.concat(chunks).toString());
};

const describeStacks = (body: URLSearchParams): [number, string] => {
  asked.push(`${body.get('Action')} ${body.get('StackName')}`);
  const outputs = stacks()[body.get('StackName') ?? ''];
  if (outputs === undefined) {
    return [
      400,
      '<ErrorResponse><Error><Type>Sender</Type><Code>ValidationError</Code><Message>Stack with that name does not exist</Message></Error></ErrorResponse>',
    ];
  }
  const members = Object.entries(outputs).map(
    ([key, value]) =>
      `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`,
  );
  return [
    200,
    `<DescribeStacksResponse><DescribeStacksResult><Stacks><member><Outputs>${members.join('')}</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`,
  ];
};

const aws = createServer(async (request, response) => {
  const [status, body] = await answerTo(request);
  const type = body.startsWith('<') ? 'text/xml' : 'application/json';
  response.writeHead(status, { 'content-type': type, etag: 'E-1' }).end(body);
});

beforeAll(async () => {
  await new Promise<void>((resolve) => {
    aws.listen(0, '127.0.0.1', resolve);
  });
  address = `http://127.0.0.1:${(aws.address() as AddressInfo).port}`;
});

afterAll(() => {
  aws.close();
});

/** Runs the doctor as an operator does who has credentials of AWS, and no stack at home. */
const examine = (stack: string) =>
  new Promise<{ status: number; stdout: string; stderr: string }>((resolve) => {
    const env = {
      ...process.env,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_REGION: 'eu-central-1',
      AWS_MAX_ATTEMPTS: '1',
      AWS_ENDPOINT_URL: address,
      JOULEGATE_API_KEY: 'jg_live_deployed',
      JOULEGATE_DATA_DIR: '/nowhere',
    };
    asked.length = 0;
    execFile(
      process.execPath,
      ['cli/joulegate.ts', 'doctor', '--json', '--stack', stack],
      { env },
      (error, stdout, stderr) =>
        resolve({ status: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });

describe('joulegate doctor of a deployed stack', () => {
  it('the doctor finds a deployed stack by its outputs, and has CloudFront test the function that they name', async () => {
    const { status, stdout } = await examine('joulegate-prod-service');
    const { checks } = JSON.parse(stdout) as {
      checks: readonly { readonly name: string; readonly ok: boolean; readonly detail: string }[];
    };

    expect(status).toBe(1);
    expect(checks.map(({ name, ok }) => [name, ok])).toEqual([
      ['API', true],
      ['clock', true],
      ['CloudFront function', false],
      ['path of the charger', true],
      ['registration', false],
    ]);
    expect(checks[0]?.detail).toContain(`${address}/api answers in`);
    expect(checks[2]?.detail).toBe('CloudFront cannot run path-of-prod: SyntaxError: Token "{"');
    expect(asked).toEqual([
      'DescribeStacks joulegate-prod-service',
      'GET /api/health',
      'GET /api/chargers',
      'GET /api/health',
      'GET /2020-05-31/function/path-of-prod/describe',
      'POST /2020-05-31/function/path-of-prod/test',
      'GET /edge/no-charger',
      'POST /api/tariffs',
    ]);
  });

  it.each([
    ['joulegate-test-service', 'Stack with that name does not exist.'],
    ['joulegate-prod-data', 'it has no outputs HttpUrl, ChargerUrl and PathFunctionName.'],
  ])(
    'the doctor says why %s is no stack that it can examine, and asks nothing else',
    async (stack, reason) => {
      const { status, stdout, stderr } = await examine(stack);

      expect(status).toBe(1);
      expect(stderr).toContain('CLI_STACK_NOT_FOUND');
      expect(JSON.parse(stdout)).toMatchObject({
        code: 'CLI_STACK_NOT_FOUND',
        message: `The stack ${stack} cannot be found with your AWS credentials and Region: ${reason}`,
      });
      expect(asked).toEqual([`DescribeStacks ${stack}`]);
    },
  );
});
