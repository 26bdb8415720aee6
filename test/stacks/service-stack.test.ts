import type { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { steps } from '../../lib/functions/steps.ts';
import { resourcesOf, type TestResource, templateOf } from './synthesize.ts';

const template = templateOf({ readingRetentionDays: 90 });
const functions = resourcesOf(template, 'AWS::Lambda::Function');
const sources = resourcesOf(template, 'AWS::Lambda::EventSourceMapping');
const mappings = sources.filter((each) => 'StartingPosition' in each.Properties);
const queues = resourcesOf(template, 'AWS::SQS::Queue');

describe('every function', () => {
  it('every function is exactly one step of the flow', () => {
    const names = functions.map((each) => variablesOf(each)['POWERTOOLS_SERVICE_NAME']);

    expect(names.toSorted()).toEqual(Object.keys(steps).toSorted());
  });

  it.each(functions.map((each) => [each.id, each.Properties] as const))(
    'the function %s runs on arm64 and Node 24, with limited memory and time and a log of its own',
    (_, properties) => {
      expect(properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        Handler: 'index.handler',
        LoggingConfig: { LogFormat: 'JSON', SystemLogLevel: 'WARN' },
        MemorySize: expect.any(Number),
        Timeout: expect.any(Number),
      });
      expect(properties['LoggingConfig']).toHaveProperty('LogGroup');
    },
  );

  it('every function that API Gateway waits for answers within its 29 seconds', () => {
    const awaited = ['authorizer', 'connect', 'ocpp', 'disconnect', 'api'] as const;

    for (const step of awaited) {
      expect(steps[step].seconds).toBeLessThan(29);
    }
  });

  it('every function keeps its log for a limited time', () => {
    for (const log of resourcesOf(template, 'AWS::Logs::LogGroup')) {
      expect(log.Properties['RetentionInDays']).toBe(30);
    }
  });
});

describe('the gateway of chargers', () => {
  it('the gateway of chargers answers only a CALL on the connection, by a route response', () => {
    const [api] = resourcesOf(template, 'AWS::ApiGatewayV2::Api').filter(
      ({ Properties }) => Properties['RouteSelectionExpression'] === '$request.body.[0]',
    );
    const partsOf = (type: string) =>
      resourcesOf(template, `AWS::ApiGatewayV2::${type}`).filter(
        ({ Properties }) =>
          JSON.stringify(Properties['ApiId']) === JSON.stringify({ Ref: api?.id }),
      );
    const routes = partsOf('Route').filter(
      ({ Properties }) => !['$connect', '$disconnect'].includes(String(Properties['RouteKey'])),
    );

    expect(
      routes.map(({ Properties }) => [
        Properties['RouteKey'],
        Properties['RouteResponseSelectionExpression'],
      ]),
    ).toEqual([
      ['2', '$default'],
      ['$default', undefined],
    ]);
    expect(partsOf('RouteResponse').map(({ Properties }) => Properties['RouteId'])).toEqual([
      { Ref: routes[0]?.id },
    ]);
    template.hasResourceProperties('AWS::ApiGatewayV2::Api', {
      ProtocolType: 'WEBSOCKET',
      RouteSelectionExpression: '$request.body.[0]',
    });
  });

  it('the gateway of chargers asks the authorizer on every handshake, in any case of the header names', () => {
    template.hasResourceProperties('AWS::ApiGatewayV2::Route', {
      RouteKey: '$connect',
      AuthorizationType: 'CUSTOM',
    });
    template.hasResourceProperties('AWS::ApiGatewayV2::Authorizer', {
      AuthorizerType: 'REQUEST',
      IdentitySource: ['route.request.querystring.viewerAddress'],
    });
  });

  it('the distribution accepts ws and wss, passes on every header except Host, and caches nothing', () => {
    template.hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: {
        DefaultCacheBehavior: {
          ViewerProtocolPolicy: 'allow-all',
          CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
          OriginRequestPolicyId: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
        },
        Origins: [
          {
            OriginPath: '/ocpp',
            CustomOriginConfig: { OriginProtocolPolicy: 'https-only' },
          },
        ],
      },
    });
  });

  it('the distribution never caches the error of a charger, whatever the status', () => {
    const [distribution] = resourcesOf(template, 'AWS::CloudFront::Distribution');
    const { CustomErrorResponses } = z
      .object({ CustomErrorResponses: z.array(z.unknown()) })
      .parse(distribution?.Properties['DistributionConfig']);

    expect(CustomErrorResponses).toEqual(
      [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504].map((ErrorCode) => ({
        ErrorCode,
        ErrorCachingMinTTL: 0,
      })),
    );
  });

  it('the distribution waits for authorizer and $connect together, but no longer than a charger does', () => {
    const [distribution] = resourcesOf(template, 'AWS::CloudFront::Distribution');
    const { Origins } = z
      .object({
        Origins: z.array(
          z.object({ CustomOriginConfig: z.object({ OriginReadTimeout: z.number() }) }),
        ),
      })
      .parse(distribution?.Properties['DistributionConfig']);

    for (const { CustomOriginConfig } of Origins) {
      const { OriginReadTimeout } = CustomOriginConfig;
      expect(OriginReadTimeout).toBeGreaterThan(steps.authorizer.seconds + steps.connect.seconds);
      expect(OriginReadTimeout).toBeLessThan(30);
    }
  });

  it('the message function keeps readings for as long as the settings say', () => {
    const message = functions.find(
      (each) => variablesOf(each)['POWERTOOLS_SERVICE_NAME'] === 'ocpp',
    );

    expect(message && variablesOf(message)).toMatchObject({
      READING_RETENTION_DAYS: '90',
    });
  });
});

describe('every API', () => {
  it('every API is throttled and logs the caller as JSON, without path, query or headers', () => {
    const stages = resourcesOf(template, 'AWS::ApiGatewayV2::Stage');

    expect(stages).toHaveLength(3);
    for (const { Properties } of stages) {
      expect(Properties['DefaultRouteSettings']).toMatchObject({
        ThrottlingRateLimit: expect.any(Number),
        ThrottlingBurstLimit: expect.any(Number),
      });
      const { Format } = Properties['AccessLogSettings'] as { Format: string };
      expect(JSON.parse(Format)).toHaveProperty('status');
    }
  });

  it('the access logs consist of exactly these variables, none of which contains a secret', () => {
    const variables = resourcesOf(template, 'AWS::ApiGatewayV2::Stage').map(({ Properties }) => {
      const { Format } = Properties['AccessLogSettings'] as { Format: string };
      return Object.values(JSON.parse(Format) as Record<string, string>);
    });

    const ofConnections = [
      '$context.extendedRequestId',
      '$context.connectionId',
      '$context.routeKey',
      '$context.status',
      '$context.authorizer.error',
      '$context.integrationErrorMessage',
      '$context.disconnectStatusCode',
      '$context.disconnectReason',
    ];
    expect(variables).toEqual([
      ofConnections,
      ofConnections,
      [
        '$context.requestTimeEpoch',
        '$context.requestId',
        '$context.routeKey',
        '$context.status',
        '$context.responseLatency',
        '$context.identity.sourceIp',
        '$context.integrationErrorMessage',
      ],
    ]);
  });

  it('the HTTP API logs the address of its caller, and the APIs of connections log none', () => {
    const formats = resourcesOf(template, 'AWS::ApiGatewayV2::Stage').map(({ Properties }) =>
      JSON.stringify(Properties['AccessLogSettings']),
    );

    expect(formats.map((one) => one.includes('$context.identity.sourceIp'))).toEqual([
      false,
      false,
      true,
    ]);
  });
});

describe('every reader of a stream', () => {
  it.each(mappings.map((each) => [each.id, each.Properties] as const))(
    'the stream reader %s filters, reports single failures and gives up into a queue',
    (_, properties) => {
      expect(properties).toMatchObject({
        BisectBatchOnFunctionError: true,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        FilterCriteria: { Filters: expect.any(Array) },
        DestinationConfig: { OnFailure: { Destination: expect.anything() } },
        StartingPosition: 'TRIM_HORIZON',
      });
      // A stream keeps a record for a day, and nothing is tried for longer.
      expect(properties['MaximumRecordAgeInSeconds']).toBe(86_400);
    },
  );

  it.each([
    // The next status of a connector makes good one that is lost.
    { step: 'status', seconds: 1, retries: 10, batch: 100, width: 2 },
    // Nothing brings back what came too late for a bill, nor the end of a session: tried until the stream forgets it.
    { step: 'tariff', seconds: 65, retries: 10_000, batch: 500, width: 1 },
    { step: 'cdr', seconds: 1, retries: 10_000, batch: 25, width: 4 },
    { step: 'events', seconds: 1, retries: 10_000, batch: 100, width: 1 },
  ])(
    'the stream reader $step waits $seconds s for a fuller batch and retries $retries times',
    ({ step, seconds, retries, batch, width }) => {
      expect(mappingOf(template, step)).toMatchObject({
        MaximumBatchingWindowInSeconds: seconds,
        MaximumRetryAttempts: retries,
        BatchSize: batch,
        ParallelizationFactor: width,
      });
    },
  );

  it('the stream readers are exactly these four', () => {
    expect(mappings).toHaveLength(4);
  });

  it('the deployment decides how closely the running view follows, and no other step changes with it', () => {
    const eager = templateOf({ liveWindowSeconds: 2 });

    expect(mappingOf(eager, 'tariff')?.['MaximumBatchingWindowInSeconds']).toBe(2);
    expect(mappingOf(eager, 'cdr')).toEqual(mappingOf(template, 'cdr'));
  });

  it('every stream has at most two readers', () => {
    const streams = Map.groupBy(mappings, (each) =>
      JSON.stringify(each.Properties['EventSourceArn']),
    );

    expect(streams.size).toBe(2);
    for (const readers of streams.values()) {
      expect(readers.length).toBeLessThanOrEqual(2);
    }
  });

  it('every stream reader reports given-up records to a queue of its own', () => {
    const destinations = mappings.map((each) =>
      JSON.stringify(each.Properties['DestinationConfig']),
    );

    expect(new Set(destinations).size).toBe(mappings.length);
  });

  it('every stream reader knows its queue, for a record that fails because of our bug', () => {
    for (const { Properties } of mappings) {
      const { Ref: reader } = z.object({ Ref: z.string() }).parse(Properties['FunctionName']);
      const variables = functions.filter(({ id }) => id === reader).map(variablesOf);
      const queue = variables[0]?.['FAILURES_QUEUE_URL'] as { readonly Ref: string };

      expect(Properties['DestinationConfig']).toEqual({
        OnFailure: { Destination: { 'Fn::GetAtt': [queue.Ref, 'Arn'] } },
      });
    }
  });
});

describe.each([
  {
    what: 'a message that could not be processed when it came',
    step: 'postponed',
    senders: ['ocpp'],
    variable: 'POSTPONED_QUEUE_URL',
    width: 10,
    delay: undefined,
  },
  {
    what: 'a session whose readings came too late',
    step: 'corrections',
    senders: ['tariff', 'cdr'],
    variable: 'CORRECTIONS_QUEUE_URL',
    width: 2,
    delay: 900,
  },
  {
    what: 'an event on its way to a webhook',
    step: 'webhooks',
    senders: ['events', 'webhooks', 'api'],
    variable: 'WEBHOOKS_QUEUE_URL',
    width: 20,
    delay: undefined,
  },
])('$what', ({ step, senders, variable, width, delay }) => {
  const reader = functions.find((each) => serviceOf(each) === step);
  const source = sources.find(
    ({ Properties }) => JSON.stringify(Properties['FunctionName']) === `{"Ref":"${reader?.id}"}`,
  );
  const waiting = queues.find(({ id }) =>
    JSON.stringify(source?.Properties['EventSourceArn']).includes(`"${id}"`),
  );

  it(`messages for ${step} are sent to a queue that one function empties`, () => {
    for (const sender of senders) {
      const sending = functions.find((each) => serviceOf(each) === sender);
      expect(sending && variablesOf(sending)[variable]).toEqual({ Ref: waiting?.id });
    }
    expect(source?.Properties).toEqual({
      BatchSize: 10,
      EventSourceArn: { 'Fn::GetAtt': [waiting?.id, 'Arn'] },
      FunctionName: { Ref: reader?.id },
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: width },
    });
    expect(waiting?.Properties['DelaySeconds']).toBe(delay);
  });

  it(`messages for ${step} are hidden for six times the timeout of the function`, () => {
    const timeout = Number(reader?.Properties['Timeout']);

    expect(waiting?.Properties['VisibilityTimeout']).toBeGreaterThanOrEqual(6 * timeout);
  });

  it(`messages for ${step} are retried for ten hours and then kept for a person to examine, 14 days`, () => {
    const redrive = z
      .object({
        maxReceiveCount: z.number(),
        deadLetterTargetArn: z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) }),
      })
      .parse(waiting?.Properties['RedrivePolicy']);
    const { maxReceiveCount, deadLetterTargetArn } = redrive;
    const last = queues.find((each) => each.id === deadLetterTargetArn['Fn::GetAtt'][0]);

    const seconds = maxReceiveCount * Number(waiting?.Properties['VisibilityTimeout']);
    expect(seconds).toBeGreaterThanOrEqual(10 * 3600);
    expect(last?.Properties['MessageRetentionPeriod']).toBe(14 * 86_400);
  });
});

describe('every queue', () => {
  it('every queue is encrypted and only accepts TLS', () => {
    const policies = resourcesOf(template, 'AWS::SQS::QueuePolicy');
    expect(policies).toHaveLength(queues.length);
    for (const policy of policies) {
      expect(JSON.stringify(policy.Properties)).toContain('"aws:SecureTransport":"false"');
    }
    for (const queue of queues) {
      expect(queue.Properties['SqsManagedSseEnabled']).toBe(true);
    }
  });
});

/** How a step reads its stream. */
function mappingOf(stack: Template, step: string) {
  const lambda = resourcesOf(stack, 'AWS::Lambda::Function').find(
    (each) => serviceOf(each) === step,
  );
  return resourcesOf(stack, 'AWS::Lambda::EventSourceMapping').find(
    ({ Properties }) =>
      'StartingPosition' in Properties &&
      JSON.stringify(Properties['FunctionName']) === JSON.stringify({ Ref: lambda?.id }),
  )?.Properties;
}

function serviceOf(lambda: TestResource): unknown {
  return variablesOf(lambda)['POWERTOOLS_SERVICE_NAME'];
}

function variablesOf(lambda: { Properties: Readonly<Record<string, unknown>> }) {
  const { Variables } = lambda.Properties['Environment'] as { Variables: Record<string, unknown> };
  return Variables;
}
