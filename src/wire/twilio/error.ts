import * as z from 'zod';

const errorBody = z.looseObject({
  code: z.number().nullish(),
  message: z.string(),
  more_info: z.string().nullish(),
  status: z.number().nullish(),
});

export interface TwilioError {
  /** Twilio's five-digit code, such as 21219; some answers of the edge have none. */
  readonly code?: number;
  /** The HTTP status as the body repeats it. */
  readonly status?: number;
  readonly message: string;
  readonly moreInfo?: string;
}

/**
 * Reads the body of an answer that is not 2xx: `{code, message, more_info, status}`. Returns undefined for
 * anything else (a proxy's page, an empty body), which is then not Twilio's word.
 * Source: Twilio's written documentation of REST errors; the document does not describe errors.
 */
export function readTwilioError(body: unknown): TwilioError | undefined {
  const parsed = errorBody.safeParse(body);
  if (!parsed.success) return undefined;
  const { code, message, more_info: moreInfo, status } = parsed.data;
  // A message alone may be anybody's; Twilio sends a code or a status with it.
  if (typeof code !== 'number' && typeof status !== 'number') return undefined;
  return {
    message,
    ...(typeof code === 'number' ? { code } : {}),
    ...(typeof status === 'number' ? { status } : {}),
    ...(typeof moreInfo === 'string' ? { moreInfo } : {}),
  };
}
