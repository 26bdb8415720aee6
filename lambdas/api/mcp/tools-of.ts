import type { Tool } from '@modelcontextprotocol/server';
import { operationIdOf, pathParameters, queryParameters } from '../../http/describe-api.ts';
import { describeSchema, type JsonSchema } from '../../http/describe-schema.ts';
import type { ApiRoute } from '../api-route.ts';
import { parameters } from '../parameters.ts';
import type { ApiTool } from './tool.ts';

/** A call that only reads: also a calculation that is posted. */
const reads = ({ method, scope }: ApiRoute): boolean => method === 'GET' || scope.endsWith(':read');

/** Makes the tools of an API from its routes. Keys are managed by people: calls that need an administrator are left out. */
export const toolsOf = (routes: readonly ApiRoute[]): readonly ApiTool[] =>
  routes.filter(({ scope }) => scope !== 'admin').map(toolOf);

function toolOf(route: ApiRoute): ApiTool {
  const named: Record<string, JsonSchema> = {};
  const inPath = pathParameters({ parameters }, route.path);
  const inQuery = queryParameters({ parameters }, describeSchema(route.query, 'input', named));
  const writes = !reads(route);
  const properties: Record<string, JsonSchema> = {};
  for (const { name, description, schema } of [...inPath, ...inQuery]) {
    properties[name] = description === undefined ? schema : { ...schema, description };
  }
  if (route.body !== undefined) properties['body'] = describeSchema(route.body, 'input', named);
  if (writes) properties['confirmation'] = confirmation;
  const needsBody = route.body !== undefined && !route.body.safeParse(undefined).success;
  const required = [...inPath, ...inQuery].filter((one) => one.required).map(({ name }) => name);
  const name = operationIdOf(route.method, route.path);
  return {
    route,
    writes,
    inPath: inPath.map((one) => one.name),
    inQuery: inQuery.map((one) => one.name),
    listed: {
      name,
      description: writes ? `${route.summary} ${inTwoSteps}` : route.summary,
      inputSchema: withDefinitions(
        {
          type: 'object',
          properties,
          required: needsBody ? [...required, 'body'] : required,
          additionalProperties: false,
        },
        named,
      ),
      annotations: {
        title: `${route.method} ${route.path}`,
        readOnlyHint: !writes,
        destructiveHint: writes && route.method !== 'POST',
        idempotentHint: !writes || route.method !== 'POST',
        openWorldHint: false,
      },
    },
  };
}

const inTwoSteps =
  'Changes nothing at first: shows the change and gives a code; call again with the same arguments and the code as confirmation.';

const confirmation: JsonSchema = {
  type: 'string',
  description: 'The code of the first call with the same arguments, at most 5 minutes old.',
};

const ofDocument = '#/components/schemas/';

/** A schema that has the named ones that it refers to within itself. */
function withDefinitions(schema: JsonSchema, named: Readonly<Record<string, JsonSchema>>) {
  const text = JSON.stringify(
    Object.keys(named).length === 0 ? schema : { ...schema, $defs: named },
  );
  return JSON.parse(text.replaceAll(`"${ofDocument}`, '"#/$defs/')) as Tool['inputSchema'];
}
