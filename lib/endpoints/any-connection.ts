import { nameIn, type Stage } from '../settings/stage.ts';

/**
 * The finding of the rule packs about a role that may close (`DELETE`) or write to (`POST`) any connection of a charger.
 * API Gateway chooses the id of a connection, so its ARN ends in a wildcard.
 */
export function anyConnection(stage: Stage, method: 'DELETE' | 'POST'): string {
  const api = `arn:<AWS::Partition>:execute-api:<AWS::Region>:<AWS::AccountId>:${nameIn(stage, 'charger-api')}`;
  return `AwsSolutions-IAM5[Resource::${api}/ocpp/${method}/@connections/*]`;
}
