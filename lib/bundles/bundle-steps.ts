import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { type BuildOptions, build } from 'esbuild';
import { optionalSteps, type StepName, steps } from '../functions/steps.ts';
import { loadHttpByName } from './load-http-by-name.ts';
import { loadWhenNeeded } from './load-when-needed.ts';
import { mapOwnCodeOnly } from './map-own-code-only.ts';
import { missingModules } from './missing-modules.ts';

/** Bundles of the lambdas' code. */
export type Bundles = {
  readonly codeOf: CodeOf;
  readonly httpRoutes: HttpRoutes;
};

/** The routes of the HTTP API, as in `GET /chargers`. */
export type HttpRoutes = {
  /** Those that the operator API serves. */
  readonly api: readonly string[];
  /** Those of them that anybody may call. */
  readonly open: readonly string[];
  /** Those that the gateway of third parties serves. */
  readonly push: readonly string[];
  /** Those at which chargers leave and find their files. */
  readonly files: readonly string[];
  /** Those of roaming partners. */
  readonly ocpi: readonly string[];
};

/** Where the code of a step comes from. */
export type CodeOf = (step: StepName) => Code;

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

/** How every bundle is made: one ES module for Lambda's Node, with the SDK and a source map. */
export const bundleSettings = {
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  mainFields: ['module', 'main'],
  minify: true,
  sourcemap: true,
  sourcesContent: false,
  plugins: [loadWhenNeeded, loadHttpByName, mapOwnCodeOnly],
  logLevel: 'error',
} as const satisfies BuildOptions;

/** Modules a step imports dynamically, each beside the step's own bundle. */
const loadedWhenNeeded = [
  { in: 'core/ocpp/v16/v16-requests.ts', out: 'ocpp/v16-requests' },
  { in: 'core/ocpp/v201/v201-requests.ts', out: 'ocpp/v201-requests' },
  { in: 'core/ocpp/v21/v21-requests.ts', out: 'ocpp/v21-requests' },
  { in: 'core/ocpp/v16/v16-requests.ts', out: 'api/v16-requests' },
  { in: 'core/ocpp/v201/v201-requests.ts', out: 'api/v201-requests' },
  { in: 'core/ocpp/v21/v21-requests.ts', out: 'api/v21-requests' },
  { in: 'core/ocpp/v16/v16-requests.ts', out: 'commands/v16-requests' },
  { in: 'core/ocpp/v201/v201-requests.ts', out: 'commands/v201-requests' },
  { in: 'core/ocpp/v21/v21-requests.ts', out: 'commands/v21-requests' },
  { in: 'lambdas/connection/send-command-message.ts', out: 'api/send-command-message' },
  { in: 'lambdas/connection/send-command-message.ts', out: 'connect/send-command-message' },
  { in: 'lambdas/connection/send-command-message.ts', out: 'ocpp/send-command-message' },
  { in: 'lambdas/authority/check-request.ts', out: 'ocpp/check-request' },
  { in: 'core/command/read-certificate.ts', out: 'api/read-certificate' },
  { in: 'core/command/read-certificate.ts', out: 'commands/read-certificate' },
  { in: 'lambdas/authority/sign-certificates.ts', out: 'commands/sign-certificates' },
  { in: 'lambdas/roaming/ask-partners-now.ts', out: 'ocpp/ask-partners-now' },
  { in: 'lambdas/ocpp/send-frame.ts', out: 'ocpp/send-frame' },
  { in: 'lambdas/ocpp/send-postponed.ts', out: 'ocpp/send-postponed' },
  { in: 'lambdas/billing/send-correction.ts', out: 'tariff/send-correction' },
  { in: 'lambdas/connection/send-command-message.ts', out: 'tariff/send-command-message' },
  { in: 'lambdas/billing/send-correction.ts', out: 'cdr/send-correction' },
  { in: 'lambdas/cdr/count-waiting.ts', out: 'cdr/count-waiting' },
  { in: 'lambdas/billing/send-correction.ts', out: 'status/send-correction' },
  { in: 'lambdas/billing/send-correction.ts', out: 'corrections/send-correction' },
  { in: 'lambdas/stream/send-to-failures.ts', out: 'postponed/send-to-failures' },
  { in: 'lambdas/stream/send-to-failures.ts', out: 'status/send-to-failures' },
  { in: 'lambdas/stream/send-to-failures.ts', out: 'tariff/send-to-failures' },
  { in: 'lambdas/stream/send-to-failures.ts', out: 'cdr/send-to-failures' },
  { in: 'lambdas/stream/send-to-failures.ts', out: 'events/send-to-failures' },
  { in: 'lambdas/events/count-sealed.ts', out: 'events/count-sealed' },
  { in: 'lambdas/events/keep-bills.ts', out: 'events/keep-bills' },
  { in: 'lambdas/events/watch-accounts.ts', out: 'events/watch-accounts' },
  { in: 'lambdas/events/watch-absences.ts', out: 'events/watch-absences' },
  { in: 'lambdas/connection/send-command-message.ts', out: 'events/send-command-message' },
  { in: 'core/ocpp/v16/v16-requests.ts', out: 'events/v16-requests' },
  { in: 'core/ocpp/v201/v201-requests.ts', out: 'events/v201-requests' },
  { in: 'core/ocpp/v21/v21-requests.ts', out: 'events/v21-requests' },
  { in: 'lambdas/outbound/send-outbound.ts', out: 'events/send-outbound' },
  { in: 'lambdas/outbound/send-outbound.ts', out: 'api/send-outbound' },
  { in: 'lambdas/outbound/derive-webhook-keys.ts', out: 'api/derive-webhook-keys' },
  { in: 'lambdas/roaming/send-partner-messages.ts', out: 'events/send-partner-messages' },
  { in: 'lambdas/roaming/send-partner-messages.ts', out: 'api/send-partner-messages' },
  { in: 'lambdas/roaming/services-of-aws.ts', out: 'api/services-of-aws' },
  { in: 'lambdas/api/partners/partner-calls.ts', out: 'api/partner-calls' },
  { in: 'lambdas/api/partners/bound-parties.ts', out: 'api/bound-parties' },
  { in: 'lambdas/api/partners/own-party-calls.ts', out: 'api/own-party-calls' },
  { in: 'lambdas/api/partners/party-calls.ts', out: 'api/party-calls' },
  { in: 'lambdas/api/sessions/list-readings.ts', out: 'api/list-readings' },
  { in: 'lambdas/api/sessions/end-session.ts', out: 'api/end-session' },
  { in: 'lambdas/billing/update-running-view.ts', out: 'api/update-running-view' },
  { in: 'lambdas/api/roaming/roaming-calls.ts', out: 'api/roaming-calls' },
  { in: 'lambdas/api/roaming/settlement-calls.ts', out: 'api/settlement-calls' },
  { in: 'lambdas/api/roaming/invoice-calls.ts', out: 'api/invoice-calls' },
  { in: 'lambdas/api/roaming/issued-invoice-calls.ts', out: 'api/issued-invoice-calls' },
  { in: 'lambdas/api/partners/delivery-calls.ts', out: 'api/delivery-calls' },
  { in: 'lambdas/connection/send-command-message.ts', out: 'ocpi/send-command-message' },
  { in: 'core/ocpp/v16/v16-requests.ts', out: 'ocpi/v16-requests' },
  { in: 'core/ocpp/v201/v201-requests.ts', out: 'ocpi/v201-requests' },
  { in: 'core/ocpp/v21/v21-requests.ts', out: 'ocpi/v21-requests' },
  { in: 'lambdas/webhooks/deliver-push-now.ts', out: 'webhooks/deliver-push-now' },
  { in: 'lambdas/webhooks/ask-for-profile.ts', out: 'webhooks/ask-for-profile' },
  { in: 'lambdas/api/roaming/pull-calls.ts', out: 'api/pull-calls' },
  { in: 'lambdas/api/roaming/roaming-command-calls.ts', out: 'api/roaming-command-calls' },
  { in: 'lambdas/stream/send-to-failures.ts', out: 'corrections/send-to-failures' },
  { in: 'lambdas/connection/ask-connection.ts', out: 'api/ask-connection' },
  { in: 'lambdas/connection/close-connection.ts', out: 'api/close-connection' },
  { in: 'lambdas/connection/close-connection.ts', out: 'ocpp/close-connection' },
  { in: 'lambdas/billing/read-public-key.ts', out: 'api/read-public-key' },
  { in: 'lambdas/api/tariffs/tariff-preview.ts', out: 'api/tariff-preview' },
  { in: 'lambdas/api/cdrs/correct-cdr.ts', out: 'api/correct-cdr' },
  { in: 'lambdas/api/describe-operator-api.ts', out: 'api/describe-operator-api' },
  { in: 'lambdas/http/docs-page.ts', out: 'api/docs-page' },
  { in: 'lambdas/api/mcp/answer-mcp.ts', out: 'api/answer-mcp' },
  { in: 'lambdas/api/chargers/send-password.ts', out: 'api/send-password' },
  { in: 'lambdas/api/chargers/meter-key-points.ts', out: 'api/meter-key-points' },
  { in: 'lambdas/api/receipts/answer-receipt.ts', out: 'api/answer-receipt' },
  { in: 'lambdas/api/payments/pay/answer-pay.ts', out: 'api/answer-pay' },
  { in: 'lambdas/api/payments/pay/pay-script.ts', out: 'api/pay-script' },
  { in: 'lambdas/api/payments/pay/answer-stripe-event.ts', out: 'api/answer-stripe-event' },
  { in: 'lambdas/outbound/derive-payment-key.ts', out: 'api/derive-payment-key' },
  { in: 'lambdas/webhooks/payments/look-at-payment.ts', out: 'webhooks/look-at-payment' },
  { in: 'lambdas/connection/send-command-message.ts', out: 'webhooks/send-command-message' },
  { in: 'core/ocpp/v16/v16-requests.ts', out: 'webhooks/v16-requests' },
  { in: 'core/ocpp/v201/v201-requests.ts', out: 'webhooks/v201-requests' },
  { in: 'core/ocpp/v21/v21-requests.ts', out: 'webhooks/v21-requests' },
  { in: 'core/location/proposed-evses.ts', out: 'api/proposed-evses' },
  { in: 'lambdas/api/monitoring/list-alerts.ts', out: 'api/list-alerts' },
  { in: 'lambdas/api/monitoring/read-uptime.ts', out: 'api/read-uptime' },
  { in: 'lambdas/api/accounts/read-statement.ts', out: 'api/read-statement' },
  { in: 'lambdas/api/accounts/statement-csv.ts', out: 'api/statement-csv' },
  { in: 'lambdas/api/accounts/statement-page.ts', out: 'api/statement-page' },
  {
    in: 'lambdas/api/receipts/generated/receipt-script.ts',
    out: 'api/receipt-script',
  },
];

/** The steps that read messages of chargers. */
const readers = [
  'ocpp',
  'postponed',
  'status',
  'tariff',
  'cdr',
  'corrections',
  'sweep',
  'api',
] as const satisfies readonly StepName[];

/** Each version of OCPP but the oldest, beside the steps that read its messages: loaded with the first of them. */
const versions = readers.flatMap((step) => [
  { in: 'core/ocpp/v201/v201.ts', out: `${step}/v201` },
  { in: 'core/ocpp/v21/v21.ts', out: `${step}/v21` },
]);

/** Whether code comes to a module: the list of routes is read for its names, and a step that only reads what chargers say writes no requests. */
const isReached = (path: string): boolean => {
  const [step = '', module = ''] = path.split('/').slice(-2);
  const isWritten = ['ocpp', 'api'].includes(step) || !readers.some((reader) => reader === step);
  return step !== 'route-keys' && (isWritten || !module.endsWith('-requests.mjs'));
};

/** The file that lists the routes of the HTTP API: read at synthesis, not deployed. */
const routeKeysOf = { in: 'lambdas/api/route-keys.ts', out: 'route-keys/api' };

const entryOf = (step: string) => ({ in: `lambdas/${step}/handler.ts`, out: `${step}/index` });

/**
 * Bundles every step of the flow into a folder of its own below `folder`, and reads the routes of the HTTP API from
 * the tables by which its functions serve them.
 * One run of esbuild does them all: a run for each would take most of the time of the synthesis.
 */
export async function bundleSteps(folder: string): Promise<Bundles> {
  const { metafile } = await build({
    absWorkingDir: PROJECT,
    entryPoints: [
      ...Object.keys({ ...steps, ...optionalSteps }).map(entryOf),
      ...loadedWhenNeeded,
      ...versions,
      routeKeysOf,
    ],
    outdir: folder,
    metafile: true,
    ...bundleSettings,
  });
  const missing = missingModules(metafile.outputs).filter((path) => isReached(path));
  if (missing.length > 0) {
    throw new Error(`Modules that are imported dynamically have no bundle: ${missing.join(', ')}`);
  }
  return {
    codeOf: (step) => Code.fromAsset(`${folder}/${step}`),
    httpRoutes: await readRoutes(pathToFileURL(resolve(folder, `${routeKeysOf.out}.mjs`))),
  };
}

async function readRoutes(bundle: URL): Promise<HttpRoutes> {
  const { routeKeys, openRouteKeys, pushRouteKeys, fileRouteKeys, ocpiRouteKeys } = (await import(
    bundle.href
  )) as {
    readonly routeKeys: readonly string[];
    readonly openRouteKeys: readonly string[];
    readonly pushRouteKeys: readonly string[];
    readonly fileRouteKeys: readonly string[];
    readonly ocpiRouteKeys: readonly string[];
  };
  return {
    api: routeKeys,
    open: openRouteKeys,
    push: pushRouteKeys,
    files: fileRouteKeys,
    ocpi: ocpiRouteKeys,
  };
}
