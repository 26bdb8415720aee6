import { escapeHtml } from '../view/escape-html.ts';
import type { JsonSchema, NamedSchemas } from './describe-schema.ts';
import type { OpenApiDocument, Operation, Parameter } from './open-api-document.ts';

/** A sentence with `code` in it. */
const prose = (text: string): string => escapeHtml(text).replace(/`([^`]+)`/g, '<code>$1</code>');

const styles = `
:root { color-scheme: light dark; --line: #8884; --soft: #8882; --accent: light-dark(#0a7d5a, #4fd1a5); }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { margin: 0 0 .25rem; } h2 { margin: 2.5rem 0 .5rem; text-transform: capitalize; }
nav { display: flex; flex-wrap: wrap; gap: .25rem .75rem; } a { color: var(--accent); }
details.call { border: 1px solid var(--line); border-radius: .4rem; margin: .4rem 0; }
details.call > summary { cursor: pointer; padding: .45rem .7rem; }
details.call > div { padding: 0 .7rem .7rem; }
.method { display: inline-block; min-width: 4.8rem; font-weight: 700; color: var(--accent); }
code, pre { font: .875em/1.45 ui-monospace, monospace; }
code { background: var(--soft); border-radius: .2rem; padding: .05rem .25rem; overflow-wrap: anywhere; }
pre { background: var(--soft); border-radius: .3rem; padding: .6rem .8rem; overflow-x: auto; }
table { border-collapse: collapse; width: 100%; } td { border-top: 1px solid var(--line); padding: .3rem .5rem .3rem 0; vertical-align: top; overflow-wrap: anywhere; }
@media (max-width: 40rem) { tr { display: block; border-top: 1px solid var(--line); padding: .3rem 0; } td { display: inline-block; border: 0; padding: 0 .5rem 0 0; max-width: 100%; box-sizing: border-box; } }
h3 { font-size: .95rem; margin: 1rem 0 .3rem; } .quiet { opacity: .75; }
`;

/** Writes an OpenAPI document as one page for people: no scripts, no resources of others. */
export function docsPage(document: OpenApiDocument): string {
  const { info, tags, components } = document;
  const calls = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method, path, operation })),
  );
  const sections = tags.map(({ name, description = '' }) => {
    const own = calls.filter(({ operation }) => operation.tags.includes(name));
    const list = own
      .map(({ method, path, operation }) => callHtml(method, path, operation))
      .join('');
    return `<section id="${escapeHtml(name)}"><h2>${escapeHtml(name.replaceAll('-', ' '))}</h2><p class="quiet">${prose(description)}</p>${list}</section>`;
  });
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(info.title)}</title><style>${styles}</style></head>
<body><h1>${escapeHtml(info.title)}</h1><p class="quiet">Version ${escapeHtml(info.version)} · <a href="openapi.json">openapi.json</a></p>
${info.description.split('\n\n').map(paragraphHtml).join('')}
<nav>${tags.map(({ name }) => `<a href="#${escapeHtml(name)}">${escapeHtml(name)}</a>`).join('')}<a href="#schemas">schemas</a></nav>
${sections.join('\n')}
<section id="schemas"><h2>Schemas</h2>${schemasHtml(components.schemas)}</section>
</body></html>`;
}

function callHtml(method: string, path: string, operation: Operation): string {
  const { summary, description, parameters, requestBody, responses } = operation;
  const taken = requestBody?.content['application/json'];
  const parts = [
    description === undefined ? '' : `<p class="quiet">${prose(description)}</p>`,
    parametersHtml(parameters),
    taken === undefined ? '' : `<h3>Request body</h3>${schemaHtml(taken.schema)}`,
    exampleHtml('Example', taken?.example),
    ...Object.entries(responses).map(responseHtml),
  ];
  return `<details class="call"><summary><span class="method">${method.toUpperCase()}</span> <code>${escapeHtml(path)}</code> ${prose(summary)}</summary><div>${parts.join('')}</div></details>`;
}

/** A paragraph of a description; lines that are indented by four spaces are code, as in Markdown. */
const paragraphHtml = (text: string): string =>
  text.startsWith('    ')
    ? `<pre>${escapeHtml(text.replace(/^ {4}/gm, ''))}</pre>`
    : `<p>${prose(text)}</p>`;

function responseHtml([status, response]: [string, Operation['responses'][string]]): string {
  const texts = response.description.split('\n\n').map(paragraphHtml).join('');
  const [given] = Object.values(response.content ?? {});
  const body =
    given === undefined || Number(status) >= 400
      ? ''
      : `${schemaHtml(given.schema)}${exampleHtml('Example of the answer', given.example)}`;
  return `<h3>${status}</h3>${texts}${body}`;
}

const exampleHtml = (title: string, example: unknown): string =>
  example === undefined
    ? ''
    : `<details><summary>${title}</summary><pre>${escapeHtml(JSON.stringify(example, null, 2))}</pre></details>`;

const parametersHtml = (parameters: readonly Parameter[]): string =>
  parameters.length === 0
    ? ''
    : `<h3>Parameters</h3><table>${parameters
        .map(
          ({ name, in: place, required, description, schema }) =>
            `<tr><td><code>${escapeHtml(name)}</code></td><td>${place}${required ? ', required' : ''}</td><td>${typeHtml(schema)}</td><td>${prose(description ?? '')}</td></tr>`,
        )
        .join('')}</table>`;

const schemasHtml = (schemas: NamedSchemas): string =>
  Object.entries(schemas)
    .map(
      ([name, schema]) =>
        `<h3 id="schema-${escapeHtml(name)}">${escapeHtml(name)}</h3>${schemaHtml(schema)}`,
    )
    .join('');

/** A schema as a table of its properties, or as its type where it has none. */
function schemaHtml(schema: JsonSchema): string {
  const { properties, required = [], description, oneOf, anyOf } = schema;
  const text = description === undefined ? '' : `<p>${prose(description)}</p>`;
  const variants = oneOf ?? anyOf;
  if (variants?.some((one) => one.properties !== undefined)) {
    return `${text}<p>One of:</p>${variants.map(schemaHtml).join('')}`;
  }
  if (properties === undefined) return `${text}<p>${typeHtml(schema)}</p>`;
  const rows = Object.entries(properties).map(
    ([name, one]) =>
      `<tr><td><code>${escapeHtml(name)}</code></td><td>${required.includes(name) ? 'required' : ''}</td><td>${typeHtml(one)}</td><td>${prose(one.description ?? '')}</td></tr>`,
  );
  return `${text}<table>${rows.join('')}</table>`;
}

/** The type of a value in a few words. */
function typeHtml(schema: JsonSchema): string {
  const {
    $ref,
    type,
    items,
    enum: values,
    const: value,
    anyOf,
    oneOf,
    format,
    properties,
  } = schema;
  if ($ref !== undefined) {
    const name = escapeHtml($ref.slice($ref.lastIndexOf('/') + 1));
    return `<a href="#schema-${name}">${name}</a>`;
  }
  if (value !== undefined) return `<code>${escapeHtml(JSON.stringify(value))}</code>`;
  if (values !== undefined) {
    return values.map((one) => `<code>${escapeHtml(JSON.stringify(one))}</code>`).join(' ');
  }
  const variants = anyOf ?? oneOf;
  if (variants !== undefined) return variants.map(typeHtml).join(' or ');
  if (type === 'array') return `array of ${items === undefined ? 'values' : typeHtml(items)}`;
  if (properties !== undefined) {
    const inner = Object.entries(properties).map(
      ([name, one]) => `<code>${escapeHtml(name)}</code>: ${typeHtml(one)}`,
    );
    return `{ ${inner.join(', ')} }`;
  }
  return [
    [type ?? 'any value'].flat().join(' or '),
    ...(typeof format === 'string' ? [`(${escapeHtml(format)})`] : []),
  ].join(' ');
}
