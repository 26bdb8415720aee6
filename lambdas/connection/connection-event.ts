import type { APIGatewayProxyWebsocketEventV2 } from 'aws-lambda';

/** An event of a charger's connection; headers and query come with `$connect` only, the context with every one. */
export type ConnectionEvent = APIGatewayProxyWebsocketEventV2 & {
  readonly headers?: Readonly<Record<string, string | undefined>> | null;
  readonly multiValueHeaders?: Readonly<Record<string, readonly string[] | undefined>> | null;
  /** Query set by the distribution: the identity from the path, and the charger's address. */
  readonly queryStringParameters?: Readonly<Record<string, string | undefined>> | null;
  readonly requestContext: {
    /** Close code of RFC 6455, section 7.4, and its reason; with `$disconnect` only. */
    readonly disconnectStatusCode?: number;
    readonly disconnectReason?: string;
    readonly authorizer?: Readonly<Record<string, unknown>> | null;
  };
};
