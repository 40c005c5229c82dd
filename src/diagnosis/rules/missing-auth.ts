import { documentSays } from './document-says.ts';
import { missingCredentials } from './missing-credentials.ts';
import { readErrorBody } from './read-error-body.ts';
import type { Rule } from './rule.ts';
import { schemeWords } from './scheme-words.ts';
import { strayCredential } from './stray-credential.ts';
import { told } from './told.ts';

/** The operation asks for credentials, and the request has none at all. */
export const missingAuth: Rule = {
  name: 'missing-auth',
  title: 'Credentials are missing',
  *find(context) {
    const missing = missingCredentials(context);
    if (!missing || strayCredential(context, missing)) return;
    const { wanted, lacking } = missing;
    const words = lacking.map(schemeWords).join(' and ');
    const { status } = context.reply ?? {};
    const said = readErrorBody(context.reply?.body).message;
    yield told('missing-auth', context, {
      // A 404 may come from before the door as well as from behind it.
      severity: status === 404 ? 'warning' : 'error',
      where: { part: 'auth' },
      message: `The operation asks for \`${words}\`, and the request does not have it.`,
      sent: '(nothing)',
      right: words,
      evidence: [
        documentSays(wanted.pointer, `Its credentials: ${lacking.map(({ name }) => name).join(', ')}.`),
        said !== undefined && status !== 404 ? { source: 'reply', text: said } : undefined,
      ],
      fix: `Add \`${words}\`.`,
      sure: status === 401 ? 0.98 : status === 404 ? 0.4 : 0.85,
    });
  },
};
