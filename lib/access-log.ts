import { RemovalPolicy } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { type IAccessLogSettings, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { LogGroup, LogGroupClass, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

/** What an access log says of a call: names of our own, and the context variables of API Gateway behind them. */
export type AccessLogFields = Readonly<Record<string, `$context.${string}`>>;

/**
 * The access log of an API: one line of JSON for each call.
 * Paths, queries and headers stay out of it, for they carry tokens of drivers and secrets of chargers.
 */
export class AccessLog extends Construct {
  readonly settings: IAccessLogSettings;

  constructor(scope: Construct, id: string, retention: RetentionDays, fields: AccessLogFields) {
    super(scope, id);
    const logGroup = new LogGroup(this, 'Log', {
      retention,
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
