import type { Reply } from './refusals.ts';

/** An error of Twilio's REST API: a code of its dictionary, its text, and the status again. */
export function twilioRefusal(status: number, code: number, message: string): Reply {
  return {
    status,
    body: { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status },
    ...(status === 401 && { headers: { 'www-authenticate': 'Basic realm="Twilio API"' } }),
  };
}

export const twilioRefusals = {
  authenticate: twilioRefusal(401, 20003, 'Authenticate'),
  notFound: (path: string) => twilioRefusal(404, 20404, `The requested resource ${path} was not found`),
  methodNotAllowed: twilioRefusal(405, 20004, 'Method not allowed'),
  accountNotActive: twilioRefusal(403, 20005, 'Account not active'),
  notInProgress: twilioRefusal(400, 21220, 'Call is not in-progress. Cannot redirect.'),
  badStatus: (value: string) => twilioRefusal(400, 20001, `Invalid Status: ${value}`),
  tooManyRequests: twilioRefusal(429, 20429, 'Too Many Requests'),
};
