import { CfnCondition, CfnParameter, Fn, type Stack } from 'aws-cdk-lib';

/** A base URL that a parameter may name. */
type BaseUrl = {
  /** The parameter. */
  readonly name: 'FilesUrl' | 'OcpiUrl';
  readonly description: string;
  /** The URL where the parameter names none. */
  readonly otherwise: string;
};

/**
 * A base URL, of the API unless the parameter names a host that the operator has of its own in front, as for chargers that speak
 * no current TLS, or for partners that were given another address.
 */
export function baseUrl(stack: Stack, { name, description, otherwise }: BaseUrl): string {
  const given = new CfnParameter(stack, name, {
    type: 'String',
    default: '',
    allowedPattern: '^(https?://[^/]+)?$',
    description,
  });
  const isGiven = new CfnCondition(stack, `${name}IsGiven`, {
    expression: Fn.conditionNot(Fn.conditionEquals(given.valueAsString, '')),
  });
  return Fn.conditionIf(isGiven.logicalId, given.valueAsString, otherwise).toString();
}
