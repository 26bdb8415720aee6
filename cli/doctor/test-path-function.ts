import {
  CloudFrontClient,
  DescribeFunctionCommand,
  FunctionStage,
  TestFunctionCommand,
} from '@aws-sdk/client-cloudfront';

// The event of a handshake, as CloudFront would give it to the function.
const handshake = {
  version: '1.0',
  context: { eventType: 'viewer-request' },
  viewer: { ip: '192.0.2.1' },
  request: { method: 'GET', uri: '/ocpp/CP-1', querystring: {}, headers: {}, cookies: {} },
};

const expected = { uri: '/', querystring: { chargerId: 'CP-1', viewerAddress: '192.0.2.1' } };

/** Percent of the time that CloudFront gives a function; near 100 it begins to refuse requests. */
const mostUtilization = 80;

/**
 * Has CloudFront run the published function on a handshake (`test-function`): publishing does not compile it. Gives what it
 * did in a sentence, and throws one where it does not compile, fails, or names another charger.
 */
export const testPathFunction = async (
  name: string,
  // CloudFront is managed from there, whatever the Region of the stack.
  client: CloudFrontClient = new CloudFrontClient({ region: 'us-east-1' }),
): Promise<string> => {
  const published = { Name: name, Stage: FunctionStage.LIVE };
  const { ETag } = await client.send(new DescribeFunctionCommand(published));
  const { TestResult: result } = await client.send(
    new TestFunctionCommand({
      ...published,
      IfMatch: ETag,
      EventObject: new TextEncoder().encode(JSON.stringify(handshake)),
    }),
  );
  if (result?.FunctionErrorMessage) {
    throw new Error(`CloudFront cannot run ${name}: ${result.FunctionErrorMessage}`);
  }
  const output = result?.FunctionOutput ?? '';
  if (!isExpected(output)) {
    throw new Error(`CloudFront ran ${name}, but it made ${output || 'nothing'} of /ocpp/CP-1.`);
  }
  const used = Number(result?.ComputeUtilization);
  const sentence = `CloudFront runs it in ${used} % of the time that a function may take`;
  if (used > mostUtilization) throw new Error(`${sentence}, which is too close to its limit.`);
  return sentence;
};

type Output = {
  readonly request?: {
    readonly uri?: string;
    readonly querystring?: Readonly<Record<string, { readonly value?: string }>>;
  };
};

const isExpected = (output: string): boolean => {
  try {
    const { uri, querystring = {} } = (JSON.parse(output) as Output).request ?? {};
    return (
      uri === expected.uri &&
      Object.entries(expected.querystring).every(
        ([name, value]) => querystring[name]?.value === value,
      )
    );
  } catch {
    return false;
  }
};
