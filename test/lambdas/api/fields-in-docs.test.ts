import '../quiet.ts';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { CdrSchema } from '../../../lambdas/api/cdrs/cdr-schema.ts';
import { ChargerChangeForm } from '../../../lambdas/api/chargers/charger-form.ts';
import { CampaignForm } from '../../../lambdas/api/firmware/campaign-form.ts';
import { SettingsForm } from '../../../lambdas/api/operator/settings-form.ts';

const page = (name: string): string =>
  readFileSync(new URL(`../../../docs/${name}.md`, import.meta.url), 'utf8');

const section = (name: string, title: string): string =>
  page(name)
    .split(/^#+ /m)
    .find((one) => one.startsWith(`${title}\n`)) ?? '';

/** The first words in code of the rows of a table, below its head. */
const namedIn = (text: string): readonly string[] =>
  [...text.slice(text.indexOf('|---')).matchAll(/^\| `([\w.-]+)`/gm)].map(([, name = '']) => name);

type Properties = { readonly properties?: Readonly<Record<string, Properties>> };

const fieldsOf = (schema: z.ZodObject): Readonly<Record<string, Properties>> =>
  (z.toJSONSchema(z.object(schema.shape), { io: 'input' }) as Properties).properties ?? {};

describe('fields of the API on the pages for people', () => {
  it('the page of held CDRs explains every kind of evidence that a candidate can be by', () => {
    const { candidates } = CdrSchema.shape;
    const { by } = candidates.unwrap().element.shape;

    expect(namedIn(section('held-cdrs', 'How to decide'))).toEqual(by.options);
  });

  it('the page of exceptional sessions explains every setting of an operator', () => {
    const settings = Object.entries(fieldsOf(SettingsForm)).flatMap(([name, { properties }]) =>
      properties === undefined ? name : Object.keys(properties).map((part) => `${name}.${part}`),
    );

    expect(namedIn(section('exceptional-sessions', 'Settings')).toSorted()).toEqual(
      settings.toSorted(),
    );
  });

  it('the page of commands explains every rule of a campaign', () => {
    const { firmwareId: _firmware, chargers: _chargers, ...rules } = fieldsOf(CampaignForm);

    expect(namedIn(section('commands', 'Campaigns')).toSorted()).toEqual(
      Object.keys(rules).toSorted(),
    );
  });

  it('the page of chargers names every field of a registration that can be changed', () => {
    const { version: _version, ...fields } = fieldsOf(ChargerChangeForm);
    const [sentence = ''] = section('chargers', 'Changing a registration').split(
      ', with the rules',
    );

    expect([...sentence.matchAll(/`(\w+)`/g)].map(([, name]) => name).toSorted()).toEqual(
      Object.keys(fields).toSorted(),
    );
  });
});
