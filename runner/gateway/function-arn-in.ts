import { unsupportedValue } from './unsupported-value.ts';

const invocationUri =
  /^arn:aws:apigateway:[^:]+:lambda:path\/2015-03-31\/functions\/(arn:aws:lambda:[^/]+)\/invocations$/;

/** The ARN of the function that an integration or an authorizer calls; refuses what calls none. */
export function functionArnIn(uri: unknown, address: string, property: string): string {
  const text = String(uri);
  const arn = invocationUri.exec(text)?.[1] ?? text;
  if (!arn.startsWith('arn:aws:lambda:')) {
    throw unsupportedValue(address, property, uri);
  }
  return arn;
}
