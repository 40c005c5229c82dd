import { documentSays } from './document-says.ts';
import { hollowCredential } from './hollow-credential.ts';
import { missingCredentials } from './missing-credentials.ts';
import { readErrorBody } from './read-error-body.ts';
import type { Rule } from './rule.ts';
import { schemeWords } from './scheme-words.ts';
import { told } from './told.ts';
import { wantedCredentials } from './wanted-credentials.ts';

const RIGHT =
  /permission|scope|forbidden|not allowed|privilege|role|access to this|insufficient|not authori[sz]ed to/i;

/** 401 or 403 although everything that the document asks for is there, as far as can be seen. */
export const refusedCredentials: Rule = {
  name: 'refused-credentials',
  title: 'The credentials are in place, and the provider does not take them',
  *find(context) {
    const { match, request, reply } = context;
    const status = reply?.status;
    if (!match || (status !== 401 && status !== 403)) return;
    if (missingCredentials(context) || hollowCredential(context)) return;
    const { code, message } = readErrorBody(reply?.body);
    const said = [code, message].filter((one) => one !== undefined).join(': ');
    const right = status === 403 || RIGHT.test(said);
    const wanted = wantedCredentials(match);
    const words = wanted?.alternatives[0]?.map(schemeWords).join(' and ');
    const unseen =
      !request.headers && words !== undefined ? ` It takes \`${words}\`; what was sent is not known.` : '';
    yield told('refused-credentials', context, {
      severity: 'note',
      where: { part: 'reply' },
      message: `${
        right
          ? `The key was read and may not do this (${status}): a right or scope is missing.`
          : `The key was not accepted (${status}): it is wrong, expired, or of another account or environment.`
      }${unseen}`,
      evidence: [
        said === '' ? undefined : { source: 'reply', text: said },
        wanted && documentSays(wanted.pointer, `Its credentials: ${words}.`),
      ],
      fix: right
        ? 'Give the key the right that is named, or use a key that has it.'
        : 'Make a new key in the account that this host belongs to, and send it unchanged.',
      sure: 0.9,
    });
  },
};
