/** Answers `POST /test/queue` by working the queue off, as the platform's clock would; any other request is left alone. */
export async function answerQueue(
  request: Request,
  workOff: () => Promise<void>,
): Promise<Response | undefined> {
  if (request.method !== 'POST' || new URL(request.url).pathname !== '/test/queue') return undefined;
  await workOff();
  return new Response(null, { status: 204 });
}
