import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { rightButRefused, unanswerable, wrongOrder } from '../../../test/fixtures/explanations.ts';
import { type SarifEntry, type SarifOptions, sarifLog } from './sarif.ts';

const text = { type: 'object', required: ['text'], properties: { text: { type: 'string', minLength: 1 } } };
const closed = (required: readonly string[], properties: object) => ({
  type: 'object',
  required,
  properties,
  additionalProperties: false,
});
const artifactLocation = closed(['uri', 'uriBaseId'], {
  uri: { type: 'string', pattern: "^[A-Za-z0-9%._~!'()*/-]+$" },
  uriBaseId: { const: '%SRCROOT%' },
});
const count = { type: 'integer', minimum: 1 };
const region = closed(['startLine'], {
  startLine: count,
  startColumn: count,
  endLine: count,
  endColumn: count,
});
const locations = {
  type: 'array',
  items: closed([], {
    physicalLocation: closed(['artifactLocation', 'region'], { artifactLocation, region }),
    logicalLocations: {
      type: 'array',
      items: closed(['fullyQualifiedName', 'kind'], {
        fullyQualifiedName: { type: 'string' },
        kind: { type: 'string' },
      }),
    },
  }),
};

/** The part of OASIS' schema of SARIF 2.1.0 that the log uses: its objects are closed, too. */
const sarif = closed(['$schema', 'version', 'runs'], {
  $schema: { type: 'string' },
  version: { const: '2.1.0' },
  runs: {
    type: 'array',
    items: closed(['tool', 'results'], {
      tool: closed(['driver'], {
        driver: closed(['name'], {
          name: { type: 'string' },
          semanticVersion: { type: 'string', pattern: '^\\d+\\.\\d+\\.\\d+' },
          rules: {
            type: 'array',
            uniqueItems: true,
            items: closed(['id'], {
              id: { type: 'string' },
              name: { type: 'string' },
              shortDescription: text,
              help: text,
              helpUri: { type: 'string', pattern: '^https?://' },
            }),
          },
        }),
      }),
      columnKind: { enum: ['utf16CodeUnits', 'unicodeCodePoints'] },
      originalUriBaseIds: { type: 'object' },
      invocations: {
        type: 'array',
        items: closed(['executionSuccessful'], {
          executionSuccessful: { type: 'boolean' },
          toolExecutionNotifications: {
            type: 'array',
            items: closed(['message'], {
              message: text,
              level: { enum: ['none', 'note', 'warning', 'error'] },
              locations,
            }),
          },
        }),
      },
      results: {
        type: 'array',
        items: closed(['message', 'ruleId', 'ruleIndex', 'level'], {
          message: text,
          ruleId: { type: 'string' },
          ruleIndex: { type: 'integer', minimum: 0 },
          level: { enum: ['none', 'note', 'warning', 'error'] },
          locations,
          partialFingerprints: { type: 'object', additionalProperties: { type: 'string' } },
          fixes: {
            type: 'array',
            items: closed(['artifactChanges'], {
              description: text,
              artifactChanges: {
                type: 'array',
                minItems: 1,
                items: closed(['artifactLocation', 'replacements'], {
                  artifactLocation,
                  replacements: {
                    type: 'array',
                    minItems: 1,
                    items: closed(['deletedRegion'], {
                      deletedRegion: region,
                      insertedContent: { type: 'object' },
                    }),
                  },
                }),
              },
            }),
          },
          properties: { type: 'object' },
        }),
      },
    }),
  },
});

const isSarif = new Ajv({ strict: false }).compile(sarif);
const options: SarifOptions = {
  version: '0.1.0',
  rules: [
    { name: 'unknown-path', title: 'The path is not in the document' },
    { name: 'never-found', title: 'Nothing of it' },
  ],
};
const location = { file: 'scripts/order book.ts', line: 12, column: 7, endLine: 20 };
const edits = [{ line: 12, column: 20, endLine: 12, endColumn: 50, text: '/v1/orders' }];

interface Log {
  readonly runs: readonly [
    {
      readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
      readonly results: readonly Result[];
      readonly invocations: readonly [{ readonly toolExecutionNotifications: readonly object[] }];
    },
  ];
}
interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly fixes?: readonly unknown[];
}

function log(entries: readonly SarifEntry[], more: Partial<SarifOptions> = {}): Log['runs'][0] {
  // As a reader gets it: nothing of it is lost on the way through JSON.
  const written = JSON.parse(JSON.stringify(sarifLog(entries, { ...options, ...more }))) as Log;
  expect(isSarif(written), JSON.stringify(isSarif.errors)).toBe(true);
  return written.runs[0];
}

const prints = (entries: readonly SarifEntry[]) =>
  log(entries).results.map(({ partialFingerprints }) => partialFingerprints['donnaFinding/v1']);

describe('sarifLog', () => {
  it('has a result for each finding, with its rule and level', () => {
    const { results, tool } = log([{ explanation: wrongOrder, location }, { explanation: rightButRefused }]);
    expect(results.map(({ ruleId, level }) => `${ruleId} ${level}`)).toEqual([
      'unknown-path error',
      'wrong-auth error',
      'misplaced-parameter error',
      'renamed-field error',
      'wrong-type error',
      'missing-required error',
      'ignored-field warning',
      'rate-limited note',
    ]);
    for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
    expect(results[0]).toMatchObject({
      message: { text: 'There is no POST /v1/shelf/{…}/order. Send it to /v1/orders.' },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'scripts/order%20book.ts', uriBaseId: '%SRCROOT%' },
            region: { startLine: 12, startColumn: 7, endLine: 20 },
          },
          logicalLocations: [{ fullyQualifiedName: 'POST /v1/shelf/shelf_0042/order', kind: 'request' }],
        },
      ],
      properties: { confidence: 0.93 },
    });
  });

  it('describes the rules that found something, once each', () => {
    const two = [{ explanation: wrongOrder }, { explanation: wrongOrder }];
    const { rules } = log(two).tool.driver;
    expect(rules).toHaveLength(7);
    expect(rules.at(-3)).toEqual({
      id: 'unknown-path',
      name: 'UnknownPath',
      shortDescription: { text: 'The path is not in the document' },
      help: {
        text: 'See docs/rules/unknown-path.md.',
        markdown: 'See [docs/rules/unknown-path.md](docs/rules/unknown-path.md).',
      },
    });
    expect(log(two, { rulePages: 'https://donna.example/rules/' }).tool.driver.rules.at(-3)).toMatchObject({
      helpUri: 'https://donna.example/rules/unknown-path.md',
    });
  });

  it('offers a fix only where the edits are certain', () => {
    const { results } = log([
      { explanation: wrongOrder, location, edits },
      { explanation: wrongOrder, location },
    ]);
    expect(results[0]?.fixes).toEqual([
      {
        description: { text: 'Make it a request to POST /v1/orders, as the document has it.' },
        artifactChanges: [
          {
            artifactLocation: { uri: 'scripts/order%20book.ts', uriBaseId: '%SRCROOT%' },
            replacements: [
              {
                deletedRegion: { startLine: 12, startColumn: 20, endLine: 12, endColumn: 50 },
                insertedContent: { text: '/v1/orders' },
              },
            ],
          },
        ],
      },
    ]);
    expect(results.at(-1)?.fixes).toBeUndefined();
  });

  it('keeps a fingerprint when the place in the file or a value changes', () => {
    const moved = { explanation: wrongOrder, location: { ...location, line: 80 } };
    const other = { ...wrongOrder, request: { ...wrongOrder.request, path: '/v1/shelf/shelf_0099/order' } };
    const before = prints([{ explanation: wrongOrder, location }]);
    expect(prints([moved])).toEqual(before);
    expect(prints([{ explanation: other, location }])).toEqual(before);
    expect(prints([{ explanation: wrongOrder, location: { ...location, file: 'b.ts' } }])).not.toEqual(
      before,
    );
  });

  it('has no fingerprint twice', () => {
    const all = prints([
      { explanation: wrongOrder, location },
      { explanation: wrongOrder, location },
    ]);
    expect(new Set(all).size).toBe(all.length);
  });

  it('lists what could not be read', () => {
    const run = log([], { unread: [{ location, why: 'The URL is made of a variable.' }] });
    expect(run.invocations[0].toolExecutionNotifications).toEqual([
      expect.objectContaining({ message: { text: 'The URL is made of a variable.' }, level: 'note' }),
    ]);
  });

  it('is a log where there is nothing to say', () => {
    expect(log([]).results).toEqual([]);
    expect(log([{ explanation: unanswerable }]).results).toEqual([]);
  });

  it('makes no link and no escape sequence of text of others', () => {
    const [finding] = wrongOrder.findings;
    if (!finding) throw new Error('there is one');
    const message = 'See [here](https://evil.example) \u001b[31mred';
    const explanation = { ...wrongOrder, findings: [{ ...finding, message, fix: '' }] };
    expect(log([{ explanation }]).results[0]?.message.text).toBe('See [here] (https://evil.example) red');
  });
});
