import { fileURLToPath } from 'node:url';
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import {
  AllowedMethods,
  CachePolicy,
  CfnDistribution,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HttpVersion,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  OriginSslPolicy,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { Construct } from 'constructs';
import type { Stage } from '../settings/stage.ts';
import { acknowledge } from '../validation/acknowledge.ts';
import { EDGE_SECRET_HEADER, edgeSecret } from './edge-secret.ts';
import { ownDomain } from './own-domain.ts';

const CHARGER_PATH = fileURLToPath(new URL('charger-path.js', import.meta.url));

// Every status that CloudFront keeps for ten seconds unless the distribution says otherwise. Behind the function all chargers ask for
// the same path: what one of them was answered would be the answer to the next.
const KEPT_ERRORS = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504];

/** The server that handshakes are passed on to. */
export type ChargerOrigin = {
  readonly host: string;
  /** Begins with a slash. */
  readonly path: string;
};

/** The endpoint chargers connect to: turns the identity in their path into a query, which API Gateway understands. */
export class ChargerDistribution extends Construct {
  /** Host that chargers connect to: the operator's own domain, or the name assigned by CloudFront. */
  readonly domainName: string;
  /** The name that CloudFront gave, which an own domain points to. */
  readonly cloudFrontName: string;
  /** Name of the function that reads the path, by which CloudFront tests it. */
  readonly pathFunctionName: string;

  constructor(scope: Construct, id: string, { host, path }: ChargerOrigin, stage: Stage) {
    super(scope, id);
    const chargerPath = new EdgeFunction(this, 'Path', {
      code: FunctionCode.fromFile({ filePath: CHARGER_PATH }),
      runtime: FunctionRuntime.JS_2_0,
      comment: 'Moves the identity of a charger from the path into the query',
    });
    const distribution = new Distribution(this, 'Distribution', {
      comment: `Chargers of Joulegate, stage ${stage.name}`,
      ...ownDomain(this, stage.settings),
      ...firewall(stage),
      errorResponses: KEPT_ERRORS.map((httpStatus) => ({ httpStatus, ttl: Duration.seconds(0) })),
      // A WebSocket handshake is HTTP/1.1; a TLS stack that is offered more may choose more.
      httpVersion: HttpVersion.HTTP1_1,
      defaultBehavior: {
        origin: new HttpOrigin(host, {
          originPath: path,
          ...provenance(stage),
          protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
          originSslProtocols: [OriginSslPolicy.TLS_V1_2],
          connectionAttempts: 2,
          connectionTimeout: Duration.seconds(5),
          // Authorizer and $connect may take 10 seconds each; a charger gives up after about 30.
          readTimeout: Duration.seconds(25),
        }),
        allowedMethods: AllowedMethods.ALLOW_GET_HEAD,
        cachePolicy: CachePolicy.CACHING_DISABLED,
        // Without its own Host header API Gateway answers 403.
        originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
        // Security profile 1 of OCPP is plain ws, and many chargers in the field know nothing else.
        // A client certificate needs TLS.
        viewerProtocolPolicy:
          stage.settings.chargerTrustStoreId === undefined
            ? ViewerProtocolPolicy.ALLOW_ALL
            : ViewerProtocolPolicy.HTTPS_ONLY,
        compress: false,
        functionAssociations: [
          { function: chargerPath, eventType: FunctionEventType.VIEWER_REQUEST },
        ],
      },
    });
    askForCertificates(distribution, stage);
    distribution.applyRemovalPolicy(RemovalPolicy.RETAIN);
    chargerPath.applyRemovalPolicy(RemovalPolicy.RETAIN);
    this.cloudFrontName = distribution.distributionDomainName;
    this.pathFunctionName = chargerPath.functionName;
    this.domainName = stage.settings.chargerDomainName ?? this.cloudFrontName;
    acknowledge(distribution, {
      'AwsSolutions-CFR1': 'Which countries an operator has chargers in is not ours to say.',
      'AwsSolutions-CFR2':
        'A firewall would bill every charger by the month; unknown chargers are refused at the handshake, and the stage is throttled.',
      'AwsSolutions-CFR3':
        'The log would hold connection tokens, which are part of the path; the API behind it keeps the access log, without them.',
      'AwsSolutions-CFR4':
        'The name of CloudFront itself comes with its certificate and its TLS versions; an operator with a custom domain sets both.',
    });
  }
}

/** The web ACL that handshakes pass, where the stage names one. */
function firewall({ settings: { chargerWebAclArn } }: Stage): { readonly webAclId?: string } {
  return chargerWebAclArn === undefined ? {} : { webAclId: chargerWebAclArn };
}

/** The header by which API Gateway is shown that a handshake came through CloudFront, where that counts. */
function provenance(stage: Stage): { readonly customHeaders?: Record<string, string> } {
  const secret = edgeSecret(stage);
  return secret === undefined ? {} : { customHeaders: { [EDGE_SECRET_HEADER]: secret } };
}

/** Has CloudFront ask for client certificates, where the stage names who may have issued them; the construct has no property for it. */
function askForCertificates(
  distribution: Distribution,
  { settings: { chargerTrustStoreId, chargerCertificatesOptional } }: Stage,
): void {
  if (chargerTrustStoreId === undefined) return;
  const resource = distribution.node.defaultChild;
  if (!(resource instanceof CfnDistribution)) throw new Error('the distribution has no resource');
  resource.addPropertyOverride('DistributionConfig.ViewerMtlsConfig', {
    Mode: chargerCertificatesOptional ? 'optional' : 'required',
    TrustStoreConfig: { TrustStoreId: chargerTrustStoreId },
  });
}
