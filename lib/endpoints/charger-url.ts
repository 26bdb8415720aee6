import { CfnCondition, CfnParameter, Fn, type Stack } from 'aws-cdk-lib';

/**
 * The URL that chargers connect to.
 * The parameter `ChargerUrl` names it if the operator has its own domain in front; else it is CloudFront's.
 */
export function chargerUrl(stack: Stack, domainName: string): string {
  const given = new CfnParameter(stack, 'ChargerUrl', {
    type: 'String',
    default: '',
    allowedPattern: '^(wss?://[^/]+)?$',
    description:
      'wss:// or ws:// and the host that chargers connect to; empty for the one of CloudFront',
  });
  const isGiven = new CfnCondition(stack, 'ChargerUrlIsGiven', {
    expression: Fn.conditionNot(Fn.conditionEquals(given.valueAsString, '')),
  });
  return Fn.conditionIf(isGiven.logicalId, given.valueAsString, `wss://${domainName}`).toString();
}
