import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { fileRoutes } from '../../lambdas/bucket/file-routes.ts';
import { everySetting } from './every-setting.ts';
import { makeApp, resourcesOf, templateOf, wholeTemplate } from './synthesize.ts';

const [prod, test] = ['prod', 'test'].map((stage) => makeApp({ stage, ...everySetting }));
/** Properties that name a resource in its account and Region; parts of a name inside an API or a table are none. */
const names =
  /^(?:AliasName|AlarmName|BackupPlanName|BackupVaultName|BudgetName|DashboardName|FunctionName|LogGroupName|Name|QueueName|RoleName|TableName|TopicName)$/;

describe('two stages in one account and Region', () => {
  it('two stages share no name of a stack, export, table, queue, function, alarm or log group', () => {
    const [ofProd, ofTest] = [prod, test].map((app) => new Set(app ? givenNames(app) : []));

    expect(ofProd?.size).toBeGreaterThan(40);
    expect([...(ofProd ?? [])].filter((name) => ofTest?.has(name))).toEqual([]);
  });

  it('one of two stages may leave out the role that API Gateway logs with, which belongs to the account', () => {
    const counts = [prod, test].map((app) =>
      app === undefined
        ? undefined
        : Object.keys(wholeTemplate(app).findResources('AWS::ApiGateway::Account')).length,
    );

    expect(counts).toEqual([1, 0]);
  });
});

describe('a log group', () => {
  it('the log group of an API is below /aws/vendedlogs/, which takes one statement of the resource policy for all', () => {
    const template = templateOf();
    const stages = resourcesOf(template, 'AWS::ApiGatewayV2::Stage');
    const groups = resourcesOf(template, 'AWS::Logs::LogGroup').filter(({ id }) =>
      JSON.stringify(stages).includes(`"${id}"`),
    );

    expect(groups.map(({ Properties }) => Properties['LogGroupName']).toSorted()).toEqual([
      '/aws/vendedlogs/joulegate/prod/chargers',
      '/aws/vendedlogs/joulegate/prod/feed',
      '/aws/vendedlogs/joulegate/prod/operator-api',
    ]);
  });
});

describe('domains of the operator', () => {
  const template = templateOf({
    chargerDomainName: 'ocpp.operator.example',
    chargerCertificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/1',
    apiDomainName: 'api.operator.example',
    apiCertificateArn: 'arn:aws:acm:eu-central-1:123456789012:certificate/2',
  });

  it("the outputs and the API name the operator's domains, with their DNS targets", () => {
    expect(template.findOutputs('HttpUrl')).toMatchObject({
      HttpUrl: { Value: 'https://api.operator.example' },
    });
    expect(JSON.stringify(template.findOutputs('ChargerUrl'))).toContain(
      'wss://ocpp.operator.example',
    );
    expect(template.findOutputs('*')).toMatchObject({
      ChargerDomainTarget: {},
      HttpDomainTarget: {},
    });
  });

  it("the operator's domains are served by CloudFront and the HTTP API with the operator's certificates", () => {
    template.hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: {
        Aliases: ['ocpp.operator.example'],
        ViewerCertificate: {
          AcmCertificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/1',
          MinimumProtocolVersion: 'TLSv1.2_2018',
        },
      },
    });
    template.hasResourceProperties('AWS::ApiGatewayV2::DomainName', {
      DomainName: 'api.operator.example',
    });
    template.resourceCountIs('AWS::ApiGatewayV2::ApiMapping', 1);
  });

  it('chargers choose among the suites of TLS that the policy of the stage has', () => {
    templateOf({
      chargerDomainName: 'ocpp.operator.example',
      chargerCertificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/1',
      chargerTlsPolicy: 'TLSv1.2_2021',
    }).hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: { ViewerCertificate: { MinimumProtocolVersion: 'TLSv1.2_2021' } },
    });
  });

  it.each(['TLSv1', 'TLSv1.1_2016', 'TLSv1.3_2025'])(
    'no stage takes %s, with which OCPP is broken or its chargers are locked out',
    (chargerTlsPolicy) => {
      expect(() => makeApp({ chargerTlsPolicy })).toThrow(/chargerTlsPolicy: TLSv1\.2_2018/);
    },
  );

  it('a domain and its certificate are only accepted together', () => {
    expect(() => makeApp({ apiDomainName: 'api.operator.example' })).toThrow(/apiCertificateArn/);
  });
});

describe('throttles', () => {
  it.each([
    ['eu-central-1', 5000, 100, 2000],
    ['eu-central-2', 1250, 25, 500],
  ])('throttles leave room in the default quota of %s', (region, chargers, feed, api) => {
    const rates = resourcesOf(templateOf({ region }), 'AWS::ApiGatewayV2::Stage').map(
      ({ Properties }) => Properties['DefaultRouteSettings'],
    );

    expect(rates).toEqual([
      { ThrottlingRateLimit: chargers, ThrottlingBurstLimit: chargers / 2 },
      { ThrottlingRateLimit: feed, ThrottlingBurstLimit: Math.ceil(feed / 2) },
      { ThrottlingRateLimit: api, ThrottlingBurstLimit: api / 2 },
    ]);
  });

  it('the handshakes of all chargers have the limit that a setting gives them', () => {
    const [chargers] = resourcesOf(
      templateOf({ chargerHandshakesPerSecond: 500 }),
      'AWS::ApiGatewayV2::Stage',
    );

    expect(chargers?.Properties['RouteSettings']).toEqual({
      $connect: { ThrottlingRateLimit: 500, ThrottlingBurstLimit: 1000 },
    });
  });

  it('a handshake and a call without a key have limits of their own, and nothing else has', () => {
    const ownLimits = resourcesOf(templateOf(), 'AWS::ApiGatewayV2::Stage').map(
      ({ Properties }) => Properties['RouteSettings'],
    );
    const open = { ThrottlingRateLimit: 100, ThrottlingBurstLimit: 50 };

    expect(ownLimits).toEqual([
      { $connect: { ThrottlingRateLimit: 250, ThrottlingBurstLimit: 500 } },
      { $connect: { ThrottlingRateLimit: 20, ThrottlingBurstLimit: 10 } },
      {
        $default: open,
        'GET /health': open,
        'GET /openapi.json': open,
        'GET /receipts/receipt.js': open,
        'GET /receipts/{token}': open,
        'GET /.well-known/joulegate-cdr-keys': open,
        'GET /docs': open,
        'GET /pay/pay.js': open,
        // The token in the path is the key, or the provider's signature is.
        'GET /pay/{token}': open,
        'POST /pay/{token}': open,
        'GET /pay/{token}/qr': open,
        'POST /payments/stripe/{operatorId}': open,
        // The token in the path is the key.
        ...Object.fromEntries(fileRoutes.map((key) => [key, open])),
      },
    ]);
  });
});

describe('reserved concurrency', () => {
  it('concurrency is only reserved for the path of a charger, and only if the stage asks for it', () => {
    const reserved = templateOf({ messageConcurrency: 50, handshakeConcurrency: 20 });
    const shares = (template: Template) =>
      Object.fromEntries(
        resourcesOf(template, 'AWS::Lambda::Function')
          .filter(({ Properties }) => 'ReservedConcurrentExecutions' in Properties)
          .map(({ Properties }) => [
            Properties['FunctionName'],
            Properties['ReservedConcurrentExecutions'],
          ]),
      );

    expect(shares(reserved)).toEqual({
      'joulegate-prod-authorizer': 20,
      'joulegate-prod-connect': 20,
      'joulegate-prod-ocpp': 50,
    });
    expect(shares(templateOf())).toEqual({});
  });
});

/** Every name that a stage gives itself in the account: of stacks, of exports and of resources. */
function givenNames({ app }: ReturnType<typeof makeApp>): string[] {
  return app.node.children.filter(Stack.isStack).flatMap((stack) => {
    const template = Template.fromStack(stack).toJSON();
    const outputs = Object.values<{ Export?: { Name: string } }>(template['Outputs'] ?? {});
    const properties = Object.values<{ Type: string; Properties?: Record<string, unknown> }>(
      template['Resources'],
    ).flatMap(({ Type, Properties = {} }) =>
      Object.entries(Properties)
        .filter(([key, value]) => names.test(key) && typeof value === 'string')
        .filter(() => Type !== 'AWS::ApiGatewayV2::Authorizer')
        .map(([, value]) => String(value)),
    );
    const exports = outputs.flatMap(({ Export }) => (Export ? [Export.Name] : []));
    return [stack.stackName, ...exports, ...properties];
  });
}
