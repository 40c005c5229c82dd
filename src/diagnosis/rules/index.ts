import { deprecated } from './deprecated.ts';
import { enumValue } from './enum-value.ts';
import { ignoredField } from './ignored-field.ts';
import { misplacedParameter } from './misplaced-parameter.ts';
import { missingAuth } from './missing-auth.ts';
import { missingRequired } from './missing-required.ts';
import { providerError } from './provider-error.ts';
import { rateLimited } from './rate-limited.ts';
import { refusedCredentials } from './refused-credentials.ts';
import { renamedField } from './renamed-field.ts';
import type { Rule } from './rule.ts';
import { serverError } from './server-error.ts';
import { unionBranch } from './union-branch.ts';
import { unknownPath } from './unknown-path.ts';
import { unknownResource } from './unknown-resource.ts';
import { wrongAuth } from './wrong-auth.ts';
import { wrongBasePath } from './wrong-base-path.ts';
import { wrongContentType } from './wrong-content-type.ts';
import { wrongFormat } from './wrong-format.ts';
import { wrongHost } from './wrong-host.ts';
import { wrongMethod } from './wrong-method.ts';
import { wrongType } from './wrong-type.ts';

export { runRules } from './run-rules.ts';

/**
 * All rules, in the order in which they may speak. One place of a request is told of once, by the first that has something to say:
 *
 * - `deprecated` before the rules of the path: what was replaced is not called unknown.
 * - `wrong-base-path` speaks when only the front of a path is wrong, `unknown-path` whenever the rest is; never both.
 * - `unknown-resource` before `wrong-format`: on a 404 a wrong id is why nothing was found.
 * - `misplaced-parameter` before `renamed-field`: a field that moves may be renamed on the way.
 * - Both before `missing-required` and the rules of values: a field that was sent elsewhere is not missing, and its value is judged
 *   where it belongs. Of values the type comes first, then listed values, then branches, then the form.
 * - `ignored-field` after all that know what became of a field.
 * - `wrong-auth` before `missing-auth`: a key in the wrong header is not no key. `refused-credentials` is silent when either speaks.
 * - `provider-error` last: it repeats nobody, and what the provider says of a place that others tell of is their evidence.
 */
export const rules: readonly Rule[] = [
  wrongHost,
  deprecated,
  wrongBasePath,
  unknownPath,
  wrongMethod,
  unknownResource,
  misplacedParameter,
  renamedField,
  wrongContentType,
  missingRequired,
  wrongType,
  enumValue,
  unionBranch,
  wrongFormat,
  ignoredField,
  wrongAuth,
  missingAuth,
  refusedCredentials,
  rateLimited,
  serverError,
  providerError,
];
