import { StartRefusal } from '../start-refusal.ts';
import { asJsonObject, asStrings, isJsonObject, type JsonObject } from './json-object.ts';

const knownSections = new Set([
  'AWSTemplateFormatVersion',
  'Conditions',
  'Description',
  'Metadata',
  'Outputs',
  'Parameters',
  'Resources',
  'Rules',
]);

/**
 * The attributes a resource may have besides its properties. What CloudFormation does at updates and deletions has no meaning
 * here, for nothing local is ever updated in place or deleted; the order of `DependsOn` is kept by starting all at once.
 */
const knownResourceMembers = new Set([
  'Condition',
  'DeletionPolicy',
  'DependsOn',
  'Metadata',
  'Properties',
  'Type',
  'UpdateReplacePolicy',
]);

/** The one rule of every CDK template: it asks for a bootstrapped account, of which there is none here. */
const bootstrapRule = 'CheckBootstrapVersion';

/** A resource as the template declares it. */
export type DeclaredResource = {
  readonly logicalId: string;
  readonly type: string;
  readonly condition: string | undefined;
  readonly properties: JsonObject;
};

/** Refuses with `UNKNOWN_TEMPLATE_SECTION` what the runner would otherwise skip silently. */
export function checkSections(stackName: string, template: JsonObject): void {
  const unknown = Object.keys(template).find((section) => !knownSections.has(section));
  if (unknown !== undefined) {
    throw unknownPart(`The section ${unknown} of stack ${stackName}`);
  }
  const rules = Object.keys(asJsonObject(template['Rules']));
  const rule = rules.find((name) => name !== bootstrapRule);
  if (rule !== undefined) {
    throw unknownPart(`The rule ${rule} of stack ${stackName}`);
  }
}

/** The resources of a template; refuses members and dependencies that it does not know. */
export function declaredResources(stackName: string, template: JsonObject): DeclaredResource[] {
  const declared = asJsonObject(template['Resources']);
  return Object.entries(declared).map(([logicalId, resource]) => {
    const at = `${stackName}/${logicalId}`;
    if (!isJsonObject(resource)) {
      throw unknownPart(at);
    }
    const unknown = Object.keys(resource).find((member) => !knownResourceMembers.has(member));
    if (unknown !== undefined) {
      throw unknownPart(`The member ${unknown} of ${at}`);
    }
    const missing = asStrings(resource['DependsOn']).find((id) => !(id in declared));
    if (missing !== undefined) {
      throw new StartRefusal(
        'MALFORMED_TEMPLATE',
        `${at} depends on ${missing}, which is not a resource of the template.`,
      );
    }
    const condition = resource['Condition'];
    return {
      logicalId,
      type: String(resource['Type']),
      condition: typeof condition === 'string' ? condition : undefined,
      properties: asJsonObject(resource['Properties']),
    };
  });
}

function unknownPart(what: string): StartRefusal {
  return new StartRefusal('UNKNOWN_TEMPLATE_SECTION', `${what} is not known to the runner.`);
}
