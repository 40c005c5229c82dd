import type { Exchange, ReceivedReply, SentBody, SentRequest } from './exchange.ts';
import { hideHeader } from './hide-header.ts';
import { hideLoose } from './hide-loose.ts';
import { tooDeep } from './plain-json.ts';
import { decodePercent, readQuery } from './read-url.ts';
import { isPlaceholder, looksSecret, secretForms } from './secret-look.ts';
import { isSecretName, nameWords, variableName } from './secret-name.ts';
import { createSecretVariables, type SecretVariables } from './secret-variables.ts';

/** An exchange as it may be shown and sent on. */
export interface HiddenExchange extends Exchange {
  /** Any plain data made of the exchange (a finding, a fix, a sentence), with the same secrets replaced by the same variables. */
  readonly hide: <Value>(value: Value) => Value;
}

/**
 * Replaces secrets by variables (`$XI_API_KEY`, `Bearer $API_TOKEN`): credentials in headers, cookies, query and userinfo, fields of the body
 * that are named like secrets, and what has the form of a key; then the same values wherever else they stand, the reply among
 * it. E-mail addresses, phone numbers and ids stay: the request is its sender's own.
 */
export function hideSecrets({ request, reply }: Exchange): HiddenExchange {
  const secrets = createSecretVariables();
  const hidden = hideRequest(request, secrets);
  const answered = reply && hideReply(reply, secrets);
  const hide = <Value>(value: Value): Value => replaceAll(value, secrets) as Value;
  // A second time, since a secret may stand before the place that gives it away.
  return { request: hide(hidden), ...(answered && { reply: hide(answered) }), hide };
}

function hideRequest(request: SentRequest, secrets: SecretVariables): SentRequest {
  const headers = request.headers?.map(([name, value]) => [name, hideHeader(name, value, secrets)] as const);
  const query = request.query.map(([name, value]) => {
    const shown = isSecretName(name, 'query')
      ? secrets.variable(value, variableName(name))
      : hideText(value, name, secrets);
    return [name, shown] as const;
  });
  const path = request.path
    .split('/')
    .map((segment) => (looksSecret(segment) ? secrets.variable(segment, 'PATH_TOKEN') : segment));
  return { ...request, path: path.join('/'), query, headers, body: hideBody(request.body, secrets) };
}

function hideReply(reply: ReceivedReply, secrets: SecretVariables): ReceivedReply {
  const headers = reply.headers?.map(([name, value]) => [name, hideHeader(name, value, secrets)] as const);
  return {
    ...reply,
    ...(headers && { headers }),
    ...('body' in reply && { body: hideValue(reply.body, '', false, secrets) }),
  };
}

function hideBody(body: SentBody, secrets: SecretVariables): SentBody {
  switch (body.kind) {
    case 'json':
      if (tooDeep(body.value)) return { kind: 'unread', why: 'it is nested too deep to be shown' };
      return { ...body, value: hideValue(body.value, '', false, secrets) };
    case 'form':
      if (tooDeep(body.value)) return { kind: 'unread', why: 'it is nested too deep to be shown' };
      return { ...body, value: hideMembers(body.value, '', false, secrets) };
    case 'text': {
      const problem = body.problem === undefined ? {} : { problem: hideLoose(body.problem, secrets) };
      return { ...body, text: hideLoose(body.text, secrets), ...problem };
    }
    default:
      return body;
  }
}

/** `secret`: the value belongs to something that is named like a secret. */
function hideValue(value: unknown, name: string, secret: boolean, secrets: SecretVariables): unknown {
  if (typeof value === 'string') {
    return secret ? secrets.variable(value, variableName(name)) : hideText(value, name, secrets);
  }
  if (typeof value === 'number') {
    // `tokens: 100` counts them.
    return secret && !/s$/.test(nameWords(name).at(-1) ?? '')
      ? secrets.variable(String(value), variableName(name))
      : value;
  }
  if (Array.isArray(value)) return value.map((one: unknown) => hideValue(one, name, secret, secrets));
  if (typeof value !== 'object' || value === null) return value;
  return hideMembers(value as Readonly<Record<string, unknown>>, name, secret, secrets);
}

/** Under a secret's name these say what kind it is, not what it is. */
const telling = /^(?:type|kind|scheme|method|provider|name|id|in|location|enabled|file)$/i;

function hideMembers(
  members: Readonly<Record<string, unknown>>,
  above: string,
  secret: boolean,
  secrets: SecretVariables,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(members).map(([name, value]) => {
      const named = isSecretName(name, 'body');
      const inherits = secret && !telling.test(name) && !/[_-]?id$/i.test(name);
      const known = named || !inherits ? name : `${above}_${name}`;
      return [hideKey(name, secrets), hideValue(value, known, named || inherits, secrets)];
    }),
  );
}

/** In a form that was written wrong, a key can stand where the name of a field is due. */
function hideKey(name: string, secrets: SecretVariables): string {
  return looksSecret(name) ? secrets.variable(name, 'SECRET') : name;
}

/** A text that has a key in it, or a URL with credentials, goes as a whole: so it is still one value in code. */
function hideText(text: string, name: string, secrets: SecretVariables): string {
  const inside = secretsIn(text);
  if (inside.length === 0) return text;
  const whole = secrets.variable(text, variableName(name));
  // Known on their own, too: they may stand elsewhere.
  for (const one of inside) secrets.variable(one, 'SECRET');
  return whole;
}

function secretsIn(text: string): string[] {
  const found = text.length >= 12 ? [...text.matchAll(secretForms)].map(([form]) => form) : [];
  if (!/^[a-z][a-z0-9+.-]{0,20}:\/\/\S+$/i.test(text)) return found;
  const [user = '', password = ''] = (/\/\/([^/?#]*)@/.exec(text)?.[1] ?? '').split(/:(.*)/s);
  const query = readQuery(/\?([^#]*)/.exec(text)?.[1] ?? '');
  const named = query.filter(([name, value]) => !isPlaceholder(value) && isSecretName(name, 'query'));
  // A user alone is no secret.
  const credentials = password === '' ? [] : [decodePercent(user), decodePercent(password)];
  return [...found, ...credentials, ...named.map(([, value]) => value)];
}

function replaceAll(value: unknown, secrets: SecretVariables): unknown {
  if (secrets.none) return value;
  if (tooDeep(value)) return '(nested too deep to be shown)';
  return replaceIn(value, secrets);
}

function replaceIn(value: unknown, secrets: SecretVariables): unknown {
  if (typeof value === 'string') return secrets.replace(value);
  if (Array.isArray(value)) return value.map((one: unknown) => replaceIn(one, secrets));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, replaceIn(one, secrets)]));
}
