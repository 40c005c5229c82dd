/** RFC 2822 with a numeric zone, as Twilio writes dates: `Mon, 05 Jan 2026 15:00:00 +0000`. */
export function twilioDate(atMs: number): string {
  return new Date(atMs).toUTCString().replace('GMT', '+0000');
}
