import type { APIGatewayProxyEventV2 } from 'aws-lambda';

type Texts = Readonly<Record<string, string | undefined>>;

/** A request as API Gateway hands it over: its route is found and its path decoded, once. */
export type HttpRequest = {
  /** Method and path template of the route, as in `GET /tokens/{tokenId}`; `$default` where there is none. */
  readonly routeKey: string;
  readonly path: Texts;
  /** Decoded; the values of a repeated name are joined by commas. */
  readonly query: Texts;
  /** By their names in lower case. */
  readonly headers: Texts;
  readonly body: string | undefined;
  readonly base64: boolean;
};

/** Reads the event of an HTTP API, payload format 2.0. */
export const requestFrom = (event: APIGatewayProxyEventV2): HttpRequest => ({
  routeKey: event.routeKey,
  path: event.pathParameters ?? {},
  query: event.queryStringParameters ?? {},
  headers: event.headers,
  body: event.body,
  base64: event.isBase64Encoded,
});
