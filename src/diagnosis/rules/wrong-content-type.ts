import type { Evidence, Finding } from '../explanation.ts';
import { takes } from '../match/body-content.ts';
import type { ApiContent } from '../spec/api-document.ts';
import { documentSays } from './document-says.ts';
import { gravity } from './gravity.ts';
import type { Rule, RuleContext } from './rule.ts';
import { told } from './told.ts';

/** The body is sent under a type that the operation does not take, or is not what its type says. */
export const wrongContentType: Rule = {
  name: 'wrong-content-type',
  title: 'The body or its content type is not what the operation reads',
  *find(context) {
    const { match, request } = context;
    const contents = match?.operation.body()?.contents ?? [];
    const { body, contentType } = request;
    if (contents.length === 0 || body.kind === 'none') return;
    if (body.kind === 'text' && body.problem !== undefined && contents.some(isJsonType)) {
      yield brokenJson(context, body.problem);
      return;
    }
    const right = fitting(context, contents);
    if (!right) return;
    if (contentType === undefined) {
      if (request.headers)
        yield mistaken(context, right, '(no Content-Type)', 'The body has no content type');
      return;
    }
    if (!contents.some((one) => takes(one.type, contentType))) {
      const as =
        body.kind === 'json' && !isJsonType({ type: contentType })
          ? 'JSON was sent as'
          : 'The body was sent as';
      yield mistaken(context, right, contentType, `${as} \`${contentType}\``);
    } else if (body.kind === 'json' && contentType.includes('form')) {
      yield mistaken(context, right, contentType, 'JSON was sent under the content type of a form');
    }
  },
};

function isJsonType({ type }: Pick<ApiContent, 'type'>): boolean {
  return /[/+]json$/.test(type);
}

/** The type that goes with what was sent, else the first that is declared. */
function fitting({ request }: RuleContext, contents: readonly ApiContent[]): ApiContent | undefined {
  const { kind } = request.body;
  const form = (one: ApiContent) => one.type.includes('form');
  return (
    (kind === 'form' ? contents.find(form) : contents.find(isJsonType)) ??
    contents.find(isJsonType) ??
    contents[0]
  );
}

function mistaken(context: RuleContext, right: ApiContent, sent: string, start: string): Finding {
  const declared = context.match?.operation.body()?.contents.map(({ type }) => type) ?? [];
  return told('wrong-content-type', context, {
    severity: gravity(context.reply),
    where: { part: 'content-type' },
    message: `${start}; the operation reads \`${right.type}\`.`,
    sent,
    right: right.type,
    evidence: [
      documentSays(right.schemaPointer, `It takes ${declared.slice(0, 4).join(', ')}.`),
      refusal(context),
    ],
    fix: isJsonType(right)
      ? `Send JSON, with the header \`Content-Type: ${right.type}\`.`
      : `Send the fields as \`${right.type}\`.`,
    sure: context.reply?.status === 415 ? 0.98 : 0.9,
  });
}

function brokenJson(context: RuleContext, problem: string): Finding {
  const pointer = context.match?.operation.body()?.pointer ?? '#';
  return told('wrong-content-type', context, {
    severity: 'error',
    where: { part: 'body' },
    message: `The body is no JSON: ${problem.replace(/\.$/, '')}.`,
    sent: 'text that is no JSON',
    right: 'JSON',
    evidence: [documentSays(pointer, 'The operation reads JSON here.'), refusal(context)],
    fix: 'Mend the JSON; a tool that writes it leaves no such slips.',
    sure: 0.97,
  });
}

function refusal({ reply }: RuleContext): Evidence | undefined {
  return reply?.status === 415
    ? { source: 'reply', text: 'The provider answers 415, Unsupported Media Type.' }
    : undefined;
}
