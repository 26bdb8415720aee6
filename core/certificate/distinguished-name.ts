import {
  AttributeTypeAndValue,
  AttributeValue,
  Name,
  RelativeDistinguishedName,
} from '@peculiar/asn1-x509';

/** Attributes of a name that are read or written here (RFC 4519). */
const attributeTypes = { commonName: '2.5.4.3', organization: '2.5.4.10' } as const;

/** The attributes of a distinguished name that are read or written here. */
export type AttributeName = keyof typeof attributeTypes;

/** The values of an attribute in a name, in their order. */
export const valuesOf = (name: Name, attribute: AttributeName): readonly string[] =>
  [...name].flatMap((part) =>
    [...part]
      .filter(({ type }) => type === attributeTypes[attribute])
      .map(({ value }) => value.toString()),
  );

/** Writes a name from its attributes, in UTF-8. */
export const nameFrom = (attributes: readonly (readonly [AttributeName, string])[]): Name =>
  new Name(
    attributes.map(
      ([attribute, text]) =>
        new RelativeDistinguishedName([
          new AttributeTypeAndValue({
            type: attributeTypes[attribute],
            value: new AttributeValue({ utf8String: text }),
          }),
        ]),
    ),
  );
