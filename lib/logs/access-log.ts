import { RemovalPolicy } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { type IAccessLogSettings, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { LogGroup, LogGroupClass } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Stage } from '../settings/stage.ts';

/** The fields of an access log: names of our own, and the context variables of API Gateway behind them. */
export type AccessLogFields = Readonly<Record<string, `$context.${string}`>>;

/** The fields for an API of WebSockets: of each message, and of the begin and the end of each connection. */
export const webSocketFields: AccessLogFields = {
  requestId: '$context.extendedRequestId',
  connectionId: '$context.connectionId',
  route: '$context.routeKey',
  status: '$context.status',
  authorizerError: '$context.authorizer.error',
  integrationError: '$context.integrationErrorMessage',
  closeCode: '$context.disconnectStatusCode',
  closeReason: '$context.disconnectReason',
};

/**
 * The access log of an API of a stage, `name`: one line of JSON for each call.
 * Paths, queries and headers stay out of it, for they carry tokens of drivers and secrets of chargers.
 */
export class AccessLog extends Construct {
  readonly settings: IAccessLogSettings;

  constructor(scope: Construct, name: string, stage: Stage, fields: AccessLogFields) {
    super(scope, 'AccessLog');
    const logGroup = new LogGroup(this, 'Log', {
      // One statement of the account's resource policy of 5,120 characters covers everything below this prefix; any
      // other name would take a statement of its own for each log group.
      logGroupName: `/aws/vendedlogs/joulegate/${stage.name}/${name}`,
      retention: stage.settings.logRetentionDays,
      // Read when something is looked for, never watched: the class that costs half to write.
      logGroupClass: LogGroupClass.INFREQUENT_ACCESS,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.settings = {
      destination: new LogGroupLogDestination(logGroup),
      format: AccessLogFormat.custom(JSON.stringify(fields)),
    };
  }
}
