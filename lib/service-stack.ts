import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import type { CodeOf } from './bundle-steps.ts';
import { ChargerDistribution } from './charger-distribution.ts';
import { ChargerGateway } from './charger-gateway.ts';
import { chargerUrl } from './charger-url.ts';
import type { DataStack } from './data-stack.ts';
import { grantsOf } from './grants.ts';
import { JoulegateFunction } from './joulegate-function.ts';
import { OperatorApi } from './operator-api.ts';
import { QueueFunction } from './queue-function.ts';
import { endedSessions, newReadings, newStatuses, supersedingSessions } from './record-filters.ts';
import { ScheduledFunction } from './scheduled-function.ts';
import type { Settings } from './settings.ts';
import { StepQueue } from './step-queue.ts';
import type { StepName } from './steps.ts';
import { StreamFunction } from './stream-function.ts';

/** What the service needs to know of its surroundings. */
export type ServiceStackProps = StackProps & {
  readonly data: DataStack;
  readonly settings: Settings;
  readonly codeOf: CodeOf;
  /** The routes of the operator API, as in `GET /chargers`. */
  readonly httpRoutes: readonly string[];
};

// With the visibility timeout of their queues this is ten hours and more, longer than tables have ever been out of reach.
const POSTPONED_TRIES = 200;
const CORRECTION_TRIES = 60;

// Under the 600 seconds of silence after which API Gateway closes a connection, with forty to spare.
const HEARTBEAT_SECONDS = 560;

/** All that runs, in the order of the flow: a charger's connection, its messages, what follows from them, the API. */
export class ServiceStack extends Stack {
  constructor(scope: Construct, id: string, props: ServiceStackProps) {
    super(scope, id, props);
    // As long as this stack uses a table or the key, CloudFormation lets nobody take it out of the data stack.
    this.node.setContext('@aws-cdk/core:defaultCrossStackReferences', 'strong');
    const { data, settings } = props;
    const logRetention = settings.logRetentionDays;
    const gateway = new ChargerGateway(this, 'ChargerGateway', logRetention);
    const postponed = new StepQueue(this, 'Postponed', {
      step: 'postponed',
      tries: POSTPONED_TRIES,
    });
    const corrections = new StepQueue(this, 'Corrections', {
      step: 'corrections',
      tries: CORRECTION_TRIES,
      delay: Duration.seconds(settings.correctionDelaySeconds),
    });
    const grants = grantsOf({
      stateTable: data.state.tableArn,
      listingIndex: data.state.listingArn,
      readingsTable: data.readings.tableArn,
      cdrKey: data.cdrKey.keyArn,
      postponedQueue: postponed.arn,
      correctionsQueue: corrections.arn,
      connectionsToClose: gateway.closeArn,
      connectionsToSend: gateway.sendArn,
    });
    const state = { STATE_TABLE: data.state.tableName };
    const tables = { ...state, READINGS_TABLE: data.readings.tableName };
    const propsOf = (step: StepName, environment: Readonly<Record<string, string>>) => ({
      step,
      code: props.codeOf(step),
      environment,
      grants: grants[step],
      logRetention,
    });

    const connections = { AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI: gateway.connectionsUrl };
    const authorizer = new JoulegateFunction(this, 'Authorizer', propsOf('authorizer', state));
    const connect = new JoulegateFunction(
      this,
      'Connect',
      propsOf('connect', { ...state, ...connections }),
    );
    acknowledge(connect, {
      'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:execute-api:<AWS::Region>:<AWS::AccountId>:<ChargerGatewayApiB8638FCC>/ocpp/DELETE/@connections/*]':
        'A connection has its id from API Gateway: any of this API, and of no other, may be the one to close.',
    });
    const messages = {
      ...tables,
      READING_RETENTION_DAYS: String(settings.readingRetentionDays),
      HEARTBEAT_SECONDS: String(HEARTBEAT_SECONDS),
    };
    const message = new JoulegateFunction(
      this,
      'Message',
      propsOf('ocpp', { ...messages, ...connections, POSTPONED_QUEUE_URL: postponed.url }),
    );
    acknowledge(message, {
      'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:execute-api:<AWS::Region>:<AWS::AccountId>:<ChargerGatewayApiB8638FCC>/ocpp/POST/@connections/*]':
        'A connection has its id from API Gateway: any of this API, and of no other, may be the one to answer on.',
    });
    new QueueFunction(this, 'PostponedMessage', {
      ...propsOf('postponed', messages),
      queueArn: postponed.arn,
      batchSize: 10,
      width: 10,
    });
    const disconnect = new JoulegateFunction(this, 'Disconnect', propsOf('disconnect', state));
    gateway.answerWith({
      authorizer: authorizer.lambda,
      connect: connect.lambda,
      message: message.lambda,
      disconnect: disconnect.lambda,
    });
    const distribution = new ChargerDistribution(this, 'ChargerDistribution', gateway);

    new StreamFunction(this, 'Status', {
      ...propsOf('status', { ...state, CORRECTIONS_QUEUE_URL: corrections.url }),
      streamArn: data.readings.streamArn,
      filters: [newStatuses],
      batchSize: 100,
      batchWindow: Duration.seconds(1),
      width: 2,
      // What is lost here the next status of the connector makes good.
      retries: 10,
    });
    const late = { ...tables, CORRECTIONS_QUEUE_URL: corrections.url };
    new StreamFunction(this, 'Tariff', {
      ...propsOf('tariff', late),
      streamArn: data.readings.streamArn,
      filters: [newReadings],
      batchSize: 500,
      // Readings of one session that come within the window cost one write and one run.
      batchWindow: Duration.seconds(settings.liveWindowSeconds),
      // One lane: side by side, a session's readings would be gathered apart from each other.
      width: 1,
      // No later record tells of a reading that came too late for its bill: tried for as long as the stream has it.
      retries: 10_000,
    });
    const sealing = { CDR_KEY_ID: data.cdrKey.keyArn };
    new StreamFunction(this, 'Cdr', {
      ...propsOf('cdr', { ...late, ...sealing }),
      streamArn: data.state.streamArn,
      filters: [supersedingSessions, endedSessions],
      batchSize: 25,
      batchWindow: Duration.seconds(1),
      width: 4,
      // No later record brings back the end of a session: tried for as long as the stream has it.
      retries: 10_000,
    });

    new QueueFunction(this, 'LateReadings', {
      ...propsOf('corrections', { ...tables, ...sealing }),
      queueArn: corrections.arn,
      batchSize: 10,
      width: 2,
    });
    new ScheduledFunction(this, 'Sweep', {
      ...propsOf('sweep', tables),
      every: Duration.hours(1),
    });

    const url = chargerUrl(this, distribution.domainName);
    const api = new JoulegateFunction(this, 'Api', propsOf('api', { ...tables, CHARGER_URL: url }));
    const operatorApi = new OperatorApi(this, 'OperatorApi', {
      answer: api.lambda,
      routes: props.httpRoutes,
      logRetention,
    });
    const operators = new JoulegateFunction(this, 'Operators', propsOf('operators', state));

    new CfnOutput(this, 'HttpUrl', { value: operatorApi.url });
    new CfnOutput(this, 'ChargerUrlOutput', { value: url }).overrideLogicalId('ChargerUrl');
    new CfnOutput(this, 'OperatorsFunctionName', { value: operators.lambda.functionName });
  }
}
