import { nameIn, type Stage } from '../settings/stage.ts';

/** The WebSocket APIs, by their stages: names of the exports of their ids. */
const exportsOf = { ocpp: 'charger-api', feed: 'feed-api' } as const;

/**
 * The finding of the rule packs about a role that may close (`DELETE`), ask for (`GET`) or write to (`POST`) any connection of an API.
 * API Gateway chooses the id of a connection, so its ARN ends in a wildcard.
 */
export function anyConnection(
  stage: Stage,
  method: 'DELETE' | 'GET' | 'POST',
  api: keyof typeof exportsOf = 'ocpp',
): string {
  const arn = `arn:<AWS::Partition>:execute-api:<AWS::Region>:<AWS::AccountId>:${nameIn(stage, exportsOf[api])}`;
  return `AwsSolutions-IAM5[Resource::${arn}/${api}/${method}/@connections/*]`;
}
