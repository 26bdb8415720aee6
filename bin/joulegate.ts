import { App, DefaultStackSynthesizer, type IReusableStackSynthesizer } from 'aws-cdk-lib';
import cdk from '../cdk.json' with { type: 'json' };
import { bundleSteps } from '../lib/bundles/bundle-steps.ts';
import { makeStacks } from '../lib/make-stacks.ts';
import { readStage } from '../lib/settings/read-stage.ts';
import { addGuards } from '../lib/validation/add-guards.ts';

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
const stage = readStage(app.node);
makeStacks(app, stage, await bundleSteps(`${app.outdir}/bundles`));
app.synth();
