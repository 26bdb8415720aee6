import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RoleAction } from '../../runner/iam/authorizer.ts';
import type { StackTemplate } from '../../runner/template/assembly.ts';
import { asJsonObject } from '../../runner/template/json-object.ts';
import { accountScenarios } from './scenarios/accounts.ts';
import { admissionScenarios } from './scenarios/admission.ts';
import { auditScenarios } from './scenarios/audit.ts';
import { canaryScenarios } from './scenarios/canary.ts';
import { certificateScenarios } from './scenarios/certificates.ts';
import { chargerLifeScenarios } from './scenarios/charger-life.ts';
import { chargingScenarios } from './scenarios/charging.ts';
import { commandLineScenarios } from './scenarios/command-line.ts';
import { commandScenarios } from './scenarios/commands.ts';
import { correctionScenarios } from './scenarios/corrections.ts';
import { dashboardScenarios } from './scenarios/dashboards.ts';
import { disorderScenarios } from './scenarios/disorder.ts';
import { eventScenarios } from './scenarios/events.ts';
import { exampleScenarios } from './scenarios/examples.ts';
import { feedScenarios } from './scenarios/feed.ts';
import { fileScenarios } from './scenarios/files.ts';
import { frameScenarios } from './scenarios/frames.ts';
import { heldScenarios } from './scenarios/held.ts';
import { httpScenarios } from './scenarios/http.ts';
import { identityScenarios } from './scenarios/identity.ts';
import { locationScenarios } from './scenarios/locations.ts';
import { messageScenarios } from './scenarios/messages.ts';
import { missingStartScenarios } from './scenarios/missing-starts.ts';
import { missingStopScenarios } from './scenarios/missing-stops.ts';
import { operatorCorrectionScenarios } from './scenarios/operator-corrections.ts';
import { orphanScenarios } from './scenarios/orphans.ts';
import { outageScenarios } from './scenarios/outage.ts';
import { ownErrorScenarios } from './scenarios/own-errors.ts';
import { paymentScenarios } from './scenarios/payments.ts';
import { previewScenarios } from './scenarios/previews.ts';
import { promoCodeScenarios } from './scenarios/promo-codes.ts';
import { pushedSessionScenarios } from './scenarios/pushed-sessions.ts';
import { roamingScenarios } from './scenarios/roaming.ts';
import { roamingCommandScenarios } from './scenarios/roaming-commands.ts';
import { roamingWithItselfScenarios } from './scenarios/roaming-with-itself.ts';
import { settingScenarios } from './scenarios/settings.ts';
import { signedScenarios } from './scenarios/signed.ts';
import { tenancyScenarios } from './scenarios/tenancy.ts';
import { versionScenarios } from './scenarios/versions.ts';
import { webhookScenarios } from './scenarios/webhooks.ts';
import { widgetScenarios } from './scenarios/widgets.ts';
import { type RunningFlow, startFlow, withDeadlines } from './start-flow.ts';

let running: RunningFlow;
const flow = (): RunningFlow => running;
let usedWithDeadlines: readonly string[] = [];

/** A privilege by its name; two stacks differ in the ids of their APIs alone. */
const nameOf = ({ role, action, resources }: RoleAction): string =>
  `${role} ${action} on ${resources.join(' ').replaceAll(/[a-z0-9]{10}(?=\/(?:ocpp|feed)\/)/g, 'api')}`;

/** Properties of what waits so that less is written and sealed twice. */
const patience = ['DelaySeconds', 'MaximumBatchingWindowInSeconds'];

/** Sealed CDRs are corrected when a kept reading comes, instead of a quarter of an hour later, and a reading is seen at once. */
const withoutPatience = (stack: StackTemplate): StackTemplate => {
  const resources = Object.entries(asJsonObject(stack.template['Resources'])).map(([id, value]) => {
    const resource = asJsonObject(value);
    const properties = asJsonObject(resource['Properties']);
    const none = patience.filter((name) => name in properties).map((name) => [name, 0]);
    const edited = { ...properties, ...Object.fromEntries(none) };
    return [id, { ...resource, Properties: edited }] as const;
  });
  return { ...stack, template: { ...stack.template, Resources: Object.fromEntries(resources) } };
};

beforeAll(async () => {
  running = await startFlow({ allowLoopback: true });
});
afterAll(async () => {
  await running.stop();
});

// One stack for all scenarios, in any order; only the last statement has a place, as it is about what all others used.
describe('the template, executed', { shuffle: false }, () => {
  describe('for all who use it', { shuffle: true }, () => {
    accountScenarios(flow);
    identityScenarios(flow);
    admissionScenarios(flow);
    chargerLifeScenarios(flow);
    frameScenarios(flow);
    chargingScenarios(flow);
    auditScenarios(flow);
    disorderScenarios(flow);
    outageScenarios(flow);
    ownErrorScenarios(flow);
    orphanScenarios(flow);
    correctionScenarios(flow);
    operatorCorrectionScenarios(flow);
    missingStartScenarios(flow);
    missingStopScenarios(flow);
    paymentScenarios(flow);
    previewScenarios(flow);
    promoCodeScenarios(flow);
    pushedSessionScenarios(flow);
    signedScenarios(flow);
    tenancyScenarios(flow);
    httpScenarios(flow);
    heldScenarios(flow);
    webhookScenarios(flow);
    widgetScenarios(flow);
    dashboardScenarios(flow);
    versionScenarios(flow);
    messageScenarios(flow);
    locationScenarios(flow);
    eventScenarios(flow);
    feedScenarios(flow);
    exampleScenarios(flow);
    roamingScenarios(flow);
    canaryScenarios(flow);
    commandLineScenarios(flow);
  });

  describe('with deadlines, which are delays of a queue', () => {
    let patient: RunningFlow;
    beforeAll(async () => {
      patient = await startFlow({
        eventSources: withDeadlines,
        allowLoopback: true,
        editStack: withoutPatience,
      });
    });
    afterAll(async () => {
      usedWithDeadlines = patient.service.stack.usedActions().map(nameOf);
      await patient.stop();
    });
    commandScenarios(() => patient);
    settingScenarios(() => patient);
    fileScenarios(() => patient);
    certificateScenarios(() => patient);
    roamingCommandScenarios(() => patient);
    roamingWithItselfScenarios(() => patient);
  });

  describe('the privileges of the functions', () => {
    it('every permission of the functions is used in these scenarios', async () => {
      await running.drained();
      const { grantedActions, usedActions } = running.service.stack;
      const used = new Set([...usedActions().map(nameOf), ...usedWithDeadlines]);

      const unused = grantedActions()
        .map(nameOf)
        .filter((name) => !used.has(name));

      expect(unused).toEqual([]);
    });
  });
});
