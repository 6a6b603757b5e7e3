/** The most that a provider's callback may hold, in bytes: many times what any of them sends. */
const LARGEST_BODY = 256 * 1024;

/** Reads the body as UTF-8; `undefined` once it is more than 256 KiB, or when it breaks off. */
export async function readCappedBody(request: Request): Promise<string | undefined> {
  if (request.body === null) return '';
  const reader = request.body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let length = 0;
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      length += read.value.byteLength;
      if (length > LARGEST_BODY) {
        await reader.cancel();
        return undefined;
      }
      text += decoder.decode(read.value, { stream: true });
    }
  } catch {
    return undefined;
  }
  return text + decoder.decode();
}
