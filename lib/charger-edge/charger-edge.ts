import { Construct } from 'constructs';
import { anyConnection } from '../endpoints/any-connection.ts';
import { edgeSecret } from '../endpoints/edge-secret.ts';
import type { EndpointStack } from '../endpoints/endpoint-stack.ts';
import { JoulegateFunction } from '../functions/joulegate-function.ts';
import { QueueFunction } from '../functions/queue-function.ts';
import type { Environment, ServiceParts } from '../functions/service-parts.ts';
import type { Stage } from '../settings/stage.ts';
import { acknowledge } from '../validation/acknowledge.ts';
import { ChargerGateway } from './charger-gateway.ts';

/** The addresses of chargers, and of their files. */
type Endpoints = Pick<EndpointStack, 'chargers' | 'api'>;

/** Environment by which the authorizer knows what came through CloudFront, where chargers have certificates. */
const edge = (stage: Stage): Environment => {
  const secret = edgeSecret(stage);
  return secret === undefined
    ? {}
    : { EDGE_SECRET: secret, CHARGER_AUTHORITY_NAME: authorityName(stage) };
};

const authorityName = ({ name }: Stage): string => `Joulegate chargers ${name}`;

/** The functions that answer chargers and send commands to them: handshake, messages, commands and the end of a connection. */
export class ChargerEdge extends Construct {
  constructor(
    scope: Construct,
    id: string,
    parts: ServiceParts,
    { chargers: endpoint, api }: Endpoints,
  ) {
    super(scope, id);
    const { filesUrl } = api;
    const { queues, stage, state, tables, authority, outbound, propsOf } = parts;
    const { postponed, commands } = queues.charger;
    const toCommands = { COMMANDS_QUEUE_URL: commands.url };
    const { WEBHOOKS_QUEUE_URL: _, ...toPartners } = outbound;
    const connections = { AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI: endpoint.connectionsUrl };
    const { messageConcurrency, handshakeConcurrency } = stage.settings;
    const authorizer = new JoulegateFunction(this, 'Authorizer', {
      ...propsOf('authorizer', {
        ...state,
        ...edge(stage),
      }),
      reservedConcurrency: handshakeConcurrency,
    });
    const connect = new JoulegateFunction(this, 'Connect', {
      ...propsOf('connect', { ...state, ...connections, ...toCommands }),
      reservedConcurrency: handshakeConcurrency,
    });
    acknowledge(connect, {
      [anyConnection(stage, 'DELETE')]:
        'A connection has its id from API Gateway: any of this API, and of no other, may be the one to close.',
    });
    const messages = {
      ...tables,
      READING_RETENTION_DAYS: String(stage.settings.readingRetentionDays),
    };
    const message = new JoulegateFunction(this, 'Message', {
      ...propsOf('ocpp', {
        ...messages,
        ...connections,
        ...toCommands,
        ...authority,
        POSTPONED_QUEUE_URL: postponed.url,
        ...toPartners,
      }),
      reservedConcurrency: messageConcurrency,
    });
    acknowledge(message, {
      [anyConnection(stage, 'DELETE')]:
        'A connection has its id from API Gateway: any of this API, and of no other, may turn out not to be its charger’s own any more.',
      [anyConnection(stage, 'POST')]:
        'A connection has its id from API Gateway: any of this API, and of no other, may be the one to answer on.',
    });
    new QueueFunction(this, 'PostponedMessage', {
      ...propsOf('postponed', messages),
      queueArn: postponed.arn,
      failures: postponed.failures,
      batchSize: 10,
      width: 10,
    });
    const sender = new QueueFunction(this, 'Sender', {
      ...propsOf('commands', {
        ...tables,
        ...connections,
        ...toCommands,
        ...authority,
        CHARGER_AUTHORITY_NAME: authorityName(stage),
        FILES_URL: filesUrl,
      }),
      queueArn: commands.arn,
      batchSize: 10,
      width: 10,
    });
    acknowledge(sender, {
      [anyConnection(stage, 'POST')]:
        'A connection has its id from API Gateway: any of this API, and of no other, may be the one to send a command on.',
    });
    const disconnect = new JoulegateFunction(this, 'Disconnect', propsOf('disconnect', state));
    new ChargerGateway(this, 'Gateway', endpoint, stage, {
      authorizer: authorizer.lambda,
      connect: connect.lambda,
      message: message.lambda,
      disconnect: disconnect.lambda,
    });
  }
}
