import { Construct } from 'constructs';
import type { ChargerGateway } from '../charger-gateway.ts';
import { JoulegateFunction } from '../functions/joulegate-function.ts';
import { QueueFunction } from '../functions/queue-function.ts';
import type { ServiceParts } from '../functions/service-parts.ts';
import { acknowledge } from '../validation/acknowledge.ts';

// Under the 600 seconds of silence after which API Gateway closes a connection, with forty to spare.
const HEARTBEAT_SECONDS = 560;

/** What answers chargers: the handshake, every message, the messages that must wait, the end of a connection. */
export class ChargerEdge extends Construct {
  constructor(scope: Construct, id: string, parts: ServiceParts, gateway: ChargerGateway) {
    super(scope, id);
    const { queues, stage, state, tables, propsOf } = parts;
    const { postponed } = queues.charger;
    const connections = { AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI: gateway.connectionsUrl };
    const { messageConcurrency, handshakeConcurrency } = stage.settings;
    const authorizer = new JoulegateFunction(this, 'Authorizer', {
      ...propsOf('authorizer', state),
      reservedConcurrency: handshakeConcurrency,
    });
    const connect = new JoulegateFunction(this, 'Connect', {
      ...propsOf('connect', { ...state, ...connections }),
      reservedConcurrency: handshakeConcurrency,
    });
    acknowledge(connect, {
      'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:execute-api:<AWS::Region>:<AWS::AccountId>:<ChargerGatewayApiB8638FCC>/ocpp/DELETE/@connections/*]':
        'A connection has its id from API Gateway: any of this API, and of no other, may be the one to close.',
    });
    const messages = {
      ...tables,
      READING_RETENTION_DAYS: String(stage.settings.readingRetentionDays),
      HEARTBEAT_SECONDS: String(HEARTBEAT_SECONDS),
    };
    const message = new JoulegateFunction(this, 'Message', {
      ...propsOf('ocpp', { ...messages, ...connections, POSTPONED_QUEUE_URL: postponed.url }),
      reservedConcurrency: messageConcurrency,
    });
    acknowledge(message, {
      'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:execute-api:<AWS::Region>:<AWS::AccountId>:<ChargerGatewayApiB8638FCC>/ocpp/POST/@connections/*]':
        'A connection has its id from API Gateway: any of this API, and of no other, may be the one to answer on.',
    });
    new QueueFunction(this, 'PostponedMessage', {
      ...propsOf('postponed', messages),
      queueArn: postponed.arn,
      failures: postponed.failures,
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
  }
}
