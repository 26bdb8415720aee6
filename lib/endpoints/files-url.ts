import { CfnCondition, CfnParameter, Fn, type Stack } from 'aws-cdk-lib';

/**
 * The base URL at which chargers leave their logs and find their firmware.
 * The parameter `FilesUrl` names it if the operator has a host of its own in front, as for chargers that speak no current TLS;
 * else it is the one of the API.
 */
export function filesUrl(stack: Stack, apiUrl: string): string {
  const given = new CfnParameter(stack, 'FilesUrl', {
    type: 'String',
    default: '',
    allowedPattern: '^(https?://[^/]+)?$',
    description:
      'https:// or http:// and the host at which chargers reach files; empty for the one of the API',
  });
  const isGiven = new CfnCondition(stack, 'FilesUrlIsGiven', {
    expression: Fn.conditionNot(Fn.conditionEquals(given.valueAsString, '')),
  });
  return Fn.conditionIf(isGiven.logicalId, given.valueAsString, apiUrl).toString();
}
