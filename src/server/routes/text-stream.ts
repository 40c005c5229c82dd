/**
 * A generator's texts as the body of a reply. They are pulled one at a time, so that a slow reader holds up nothing but itself, and nothing
 * runs before the first is wanted. `leave` is called when the stream is over, however that came; it has to end the generator.
 */
export function textStream(source: AsyncGenerator<string>, leave: () => void): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream(
    {
      async pull(controller) {
        try {
          const { done, value } = await source.next();
          if (!done) return controller.enqueue(encoder.encode(value));
          leave();
          controller.close();
        } catch (error) {
          leave();
          controller.error(error);
        }
      },
      cancel: leave,
    },
    { highWaterMark: 0 },
  );
}
