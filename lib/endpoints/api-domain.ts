import { DomainName } from 'aws-cdk-lib/aws-apigatewayv2';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import type { Construct } from 'constructs';
import type { Settings } from '../settings/settings.ts';

/** The operator's own domain of the HTTP API; undefined when the settings have none. */
export function apiDomain(scope: Construct, settings: Settings): DomainName | undefined {
  const { apiDomainName, apiCertificateArn } = settings;
  if (apiDomainName === undefined || apiCertificateArn === undefined) {
    return undefined;
  }
  return new DomainName(scope, 'Domain', {
    domainName: apiDomainName,
    certificate: Certificate.fromCertificateArn(scope, 'Certificate', apiCertificateArn),
  });
}
