import type { APIGatewayProxyWebsocketEventV2 } from 'aws-lambda';

/** An event of a charger's connection; headers and query come with `$connect` only, the context with every one. */
export type ConnectionEvent = APIGatewayProxyWebsocketEventV2 & {
  readonly headers?: Readonly<Record<string, string | undefined>> | null;
  readonly multiValueHeaders?: Readonly<Record<string, readonly string[] | undefined>> | null;
  readonly requestContext: {
    readonly authorizer?: Readonly<Record<string, unknown>> | null;
  };
};
