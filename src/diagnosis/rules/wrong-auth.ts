import type { Finding } from '../explanation.ts';
import { documentSays } from './document-says.ts';
import { hollowCredential } from './hollow-credential.ts';
import { missingCredentials } from './missing-credentials.ts';
import type { Rule, RuleContext } from './rule.ts';
import { schemeWords } from './scheme-words.ts';
import { strayCredential } from './stray-credential.ts';
import { told } from './told.ts';

/** Credentials were sent, but not as the operation takes them: in another header, under another scheme, or hollow. */
export const wrongAuth: Rule = {
  name: 'wrong-auth',
  title: 'Credentials stand in the wrong place or under the wrong scheme',
  *find(context) {
    const missing = missingCredentials(context);
    const stray = missing && strayCredential(context, missing);
    if (!missing || !stray) {
      yield* hollow(context);
      return;
    }
    const right = missing.lacking.map(schemeWords).join(' and ');
    yield told('wrong-auth', context, {
      severity: 'error',
      where: { part: 'auth' },
      message: `The operation takes \`${right}\`; \`${stray}\` is not what it looks at.`,
      sent: stray,
      right,
      evidence: [
        documentSays(
          missing.wanted.pointer,
          `Its credentials: ${missing.lacking.map(({ name }) => name).join(', ')}.`,
        ),
      ],
      fix: `Send the key as \`${right}\`.`,
      sure: context.reply?.status === 401 ? 0.95 : 0.85,
    });
  },
};

/** At the right place stands a variable that was never filled. */
function* hollow(context: RuleContext): Iterable<Finding> {
  const found = hollowCredential(context);
  if (!found) return;
  const { scheme, wanted, value, why } = found;
  const right = schemeWords(scheme);
  yield told('wrong-auth', context, {
    severity: 'error',
    where: { part: 'auth' },
    message:
      why === 'doubled'
        ? 'The scheme stands twice in the Authorization header.'
        : `\`${right}\` was sent without a key: it is empty, or a variable that was never filled.`,
    sent: value === '' ? '(empty)' : value,
    right,
    evidence: [documentSays(wanted.pointer, `Its credentials: ${scheme.name}.`)],
    fix: why === 'doubled' ? 'Write the scheme once.' : 'Put the key in.',
    sure: 0.95,
  });
}
