import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/**
 * Exports values of a stack whether or not another stack imports them. CDK alone exports what is imported just now, and
 * CloudFormation refuses to withdraw an export that the deployed service still imports: a release whose service no longer
 * needs a queue could not be deployed.
 */
export function keepExported(scope: Construct, values: readonly string[]): void {
  for (const value of values) Stack.of(scope).exportValue(value);
}
