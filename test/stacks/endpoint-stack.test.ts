import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { EndpointStack } from '../../lib/endpoints/endpoint-stack.ts';
import { readStage } from '../../lib/settings/read-stage.ts';
import { makeApp, resourcesOf, type TestResource } from './synthesize.ts';

const domains = {
  chargerDomainName: 'ocpp.operator.example',
  chargerCertificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/1',
  apiDomainName: 'api.operator.example',
  apiCertificateArn: 'arn:aws:acm:eu-central-1:123456789012:certificate/2',
};
const app = makeApp(domains);
const endpoints = Template.fromStack(app.endpoints);
const service = Template.fromStack(app.service);
const addresses = [
  'AWS::ApiGatewayV2::Api',
  'AWS::ApiGatewayV2::DomainName',
  'AWS::CloudFront::Distribution',
  'AWS::CloudFront::Function',
];

describe('the deletion of the service stack', () => {
  it('deleting the service stack keeps all addresses: distribution, edge function, APIs and domains have a stack of their own', () => {
    expect(typesOf(endpoints)).toEqual(addresses);
    expect(typesOf(service).filter((type) => addresses.includes(type))).toEqual([]);
  });

  it('deleting the service stack does not change the stack of endpoints, which refers to nothing in it', () => {
    expect(app.endpoints.dependencies).toEqual([]);
    expect(JSON.stringify(endpoints.toJSON()['Resources'])).not.toMatch(
      /Fn::ImportValue|Fn::GetStackOutput|AWS::Lambda|service/,
    );
  });

  it('deleting and creating the service stack with other settings changes no resource of the stack of endpoints', () => {
    const other = makeApp({ ...domains, liveWindowSeconds: 5, messageConcurrency: 9 });
    const alone = new App({ context: domains, analyticsReporting: false });
    const { stage } = readStage(alone.node);
    const withoutService = new EndpointStack(alone, 'joulegate-prod-endpoints', stage, {});

    for (const stack of [other.endpoints, withoutService]) {
      expect(Template.fromStack(stack).toJSON()['Resources']).toEqual(
        endpoints.toJSON()['Resources'],
      );
    }
  });

  it('deleting the service stack keeps the custom charger URL, whose parameter belongs to the endpoint', () => {
    expect(endpoints.findParameters('ChargerUrl')).toHaveProperty('ChargerUrl');
    expect(Object.keys(service.findParameters('*'))).not.toContain('ChargerUrl');
  });
});

describe('the stack of endpoints', () => {
  it('the stack of endpoints cannot be deleted by mistake, and a deliberate deletion leaves every address in the account', () => {
    expect(app.endpoints.terminationProtection).toBe(true);
    for (const type of addresses) {
      for (const { DeletionPolicy, UpdateReplacePolicy } of resourcesOf(endpoints, type)) {
        expect([DeletionPolicy, UpdateReplacePolicy]).toEqual(['Retain', 'Retain']);
      }
    }
  });

  it('the stack of endpoints cannot be deleted while the service uses it', () => {
    expect(app.service.dependencies).toContain(app.endpoints);
    expect(JSON.stringify(service.toJSON())).toContain(
      '"Fn::ImportValue":"joulegate-prod-endpoints:',
    );
  });

  it('the stack of endpoints outputs the DNS targets', () => {
    expect(endpoints.findOutputs('*')).toMatchObject({
      ChargerDomainTarget: {},
      HttpDomainTarget: {},
    });
  });
});

describe('the stage of an API', () => {
  it.each(resourcesOf(service, 'AWS::ApiGatewayV2::Stage').map((one) => [one.id, one] as const))(
    'the stage %s is created after every route and its permission, and deleted before them, so that no API is half ready',
    (_, stage) => {
      const ofApi = ({ Properties }: TestResource) =>
        JSON.stringify(Properties['ApiId']) === JSON.stringify(stage.Properties['ApiId']);
      const parts = ['Route', 'Integration', 'RouteResponse', 'Authorizer'].flatMap((type) =>
        resourcesOf(service, `AWS::ApiGatewayV2::${type}`).filter(ofApi),
      );
      const permissions = resourcesOf(service, 'AWS::Lambda::Permission').filter((permission) =>
        JSON.stringify(permission.Properties['SourceArn']).includes(
          JSON.stringify(stage.Properties['ApiId']),
        ),
      );
      const after = (service.toJSON()['Resources'] as Record<string, { DependsOn: string[] }>)[
        stage.id
      ]?.DependsOn;

      expect(parts.length).toBeGreaterThan(5);
      expect(permissions.length).toBeGreaterThan(1);
      expect(after).toEqual(expect.arrayContaining([...parts, ...permissions].map(({ id }) => id)));
      expect(stage.Properties['AutoDeploy']).toBe(true);
    },
  );
});

function typesOf(template: Template): string[] {
  const resources = Object.values<{ Type: string }>(template.toJSON()['Resources']);
  return [...new Set(resources.map(({ Type }) => Type))].toSorted();
}

describe('client certificates of chargers', () => {
  const configOf = (context: Record<string, string>) => {
    const [distribution] = resourcesOf(
      Template.fromStack(makeApp(context).endpoints),
      'AWS::CloudFront::Distribution',
    );
    return distribution?.Properties['DistributionConfig'] as Record<string, unknown>;
  };

  it('chargers are asked for a certificate, and may not come without TLS, where the stage names a trust store', () => {
    expect(configOf({ ...domains, chargerTrustStoreId: 'ts_1' })).toMatchObject({
      ViewerMtlsConfig: { Mode: 'required', TrustStoreConfig: { TrustStoreId: 'ts_1' } },
      DefaultCacheBehavior: { ViewerProtocolPolicy: 'https-only' },
    });
  });

  it('chargers may come without a certificate where the stage says so, and still not without TLS', () => {
    const optional = { chargerTrustStoreId: 'ts_1', chargerCertificatesOptional: 'true' };
    expect(configOf({ ...domains, ...optional })).toMatchObject({
      ViewerMtlsConfig: { Mode: 'optional' },
      DefaultCacheBehavior: { ViewerProtocolPolicy: 'https-only' },
    });
  });

  it('CloudFront and the authorizer share a secret where certificates count, and no resource has it in clear', () => {
    const reference = '{{resolve:secretsmanager:joulegate-prod-edge:SecretString:::}}';
    const app = makeApp({ ...domains, chargerTrustStoreId: 'ts_1' });
    const origins = configOf({ ...domains, chargerTrustStoreId: 'ts_1' })?.['Origins'];
    expect(origins).toMatchObject([
      { OriginCustomHeaders: [{ HeaderName: 'x-joulegate-edge', HeaderValue: reference }] },
    ]);
    const [secret] = resourcesOf(Template.fromStack(app.endpoints), 'AWS::SecretsManager::Secret');
    expect(secret?.Properties).toMatchObject({
      Name: 'joulegate-prod-edge',
      GenerateSecretString: { PasswordLength: 48 },
    });
    const named = resourcesOf(Template.fromStack(app.service), 'AWS::Lambda::Function').filter(
      ({ Properties }) => JSON.stringify(Properties).includes('EDGE_SECRET'),
    );
    expect(named.map(({ Properties }) => Properties['FunctionName'])).toEqual([
      'joulegate-prod-authorizer',
    ]);
    expect(named[0]?.Properties).toMatchObject({
      Environment: { Variables: { EDGE_SECRET: reference } },
    });
  });

  it('chargers are asked for no certificate, and may come by plain ws, where it names none', () => {
    const config = configOf(domains);

    expect(config).not.toHaveProperty('ViewerMtlsConfig');
    expect(config).toMatchObject({ DefaultCacheBehavior: { ViewerProtocolPolicy: 'allow-all' } });
  });
});
