import { expect, it } from 'vitest';
import {
  bakeryDocument,
  jsonBody,
  ruleContext,
  sentJson,
  sentRequest,
} from '../../../test/fixtures/rule-context.ts';
import { namedInText } from './named-in-text.ts';

const document = bakeryDocument(
  jsonBody({
    to_shop: { type: 'string' },
    weight: { type: 'integer' },
    crust: { type: 'object', properties: { seeds: { type: 'string' } } },
  }),
);
const { match, request } = ruleContext(document, sentRequest(sentJson({ weight: 1 })));

it.each([
  ["The value of 'weight' is odd.", ['weight']],
  ['Missing required parameter: weight', ['weight']],
  ['to_shop is closed today', ['to_shop']],
  ['`crust.seeds` are out of stock', ['crust', 'seeds']],
  ['The weight is odd.', undefined],
  ['from_shop is closed today', undefined],
  ['', undefined],
])('finds the field that %j names', (text, steps) => {
  expect(match && namedInText(match, request, text)?.place.steps).toEqual(steps);
});
