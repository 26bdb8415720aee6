import { App, DefaultStackSynthesizer, type IReusableStackSynthesizer } from 'aws-cdk-lib';
import cdk from '../cdk.json' with { type: 'json' };
import { addGuards } from '../lib/add-guards.ts';
import { bundleSteps } from '../lib/bundle-steps.ts';
import { DataStack } from '../lib/data-stack.ts';
import { ServiceStack } from '../lib/service-stack.ts';
import { readSettings } from '../lib/settings.ts';

// The command line checks the bootstrap version by itself; the cast only says of an absent option that it is absent.
const synthesizer = new DefaultStackSynthesizer({
  generateBootstrapVersionRule: false,
}) as IReusableStackSynthesizer;
// The CDK's command line hands over folder and context; run directly, the app finds both itself.
const app = new App({
  outdir: process.env['CDK_OUTDIR'] ?? 'cdk.out',
  context: cdk.context,
  analyticsReporting: false,
  defaultStackSynthesizer: synthesizer,
});
addGuards(app);
const settings = readSettings(app.node);
const { codeOf, httpRoutes } = await bundleSteps(`${app.outdir}/bundles`);
const data = new DataStack(app, 'JoulegateData');
new ServiceStack(app, 'JoulegateService', { data, settings, codeOf, httpRoutes });
app.synth();
