import { SecretValue } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { nameIn, type Stage } from '../settings/stage.ts';
import { acknowledge } from '../validation/acknowledge.ts';

/** The header in which CloudFront sends the secret. */
export const EDGE_SECRET_HEADER = 'x-joulegate-edge';

const secretName = (stage: Stage): string => nameIn(stage, 'edge');

/**
 * A secret that CloudFront alone sends with a handshake: what it says of a certificate is believed by it, and the address of API Gateway
 * itself is closed. Only where the stage names a trust store.
 */
export function addEdgeSecret(scope: Construct, stage: Stage): void {
  if (stage.settings.chargerTrustStoreId === undefined) return;
  const secret = new Secret(scope, 'EdgeSecret', {
    secretName: secretName(stage),
    description: `Shows that a handshake came through CloudFront, Joulegate, stage ${stage.name}`,
    generateSecretString: { passwordLength: 48, excludePunctuation: true },
  });
  acknowledge(secret, {
    'AwsSolutions-SMG4':
      'It is part of two resources of two stacks; a new one comes with their next deployment.',
  });
}

/** The secret as CloudFormation fills it in; undefined where the stage names no trust store. */
export const edgeSecret = (stage: Stage): string | undefined =>
  stage.settings.chargerTrustStoreId === undefined
    ? undefined
    : SecretValue.secretsManager(secretName(stage)).unsafeUnwrap();
