import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import type { DistributionProps } from 'aws-cdk-lib/aws-cloudfront';
import type { Construct } from 'constructs';
import type { Settings } from '../settings/settings.ts';

/** The operator's own domain of a distribution with its certificate; nothing when the settings have none. */
export function ownDomain(scope: Construct, settings: Settings): Partial<DistributionProps> {
  const { chargerDomainName, chargerCertificateArn, chargerTlsPolicy } = settings;
  if (chargerDomainName === undefined || chargerCertificateArn === undefined) {
    return {};
  }
  return {
    domainNames: [chargerDomainName],
    certificate: Certificate.fromCertificateArn(scope, 'Certificate', chargerCertificateArn),
    minimumProtocolVersion: chargerTlsPolicy,
  };
}
