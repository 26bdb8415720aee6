import { type App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';

/**
 * Lets the rule packs of AWS judge every resource at synthesis.
 * A finding that nobody has acknowledged beside its construct fails the synthesis.
 */
export function addGuards(app: App): void {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
}
