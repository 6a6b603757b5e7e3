// What the service is called in the words of the screens: as the one who runs it wants it, for an authenticator app
// shows its codes under that name, too.

let name = 'Penumbra';

/** Has the screens call the service so; without a name it stays as it is called. */
export function callService(given: string | undefined): void {
  const trimmed = given?.trim() ?? '';
  if (trimmed !== '') name = trimmed;
}

/** Tells what the service is called. */
export function serviceName(): string {
  return name;
}

/** Makes a part of a file's name of it: words, with nothing between them that a file system minds. */
export function serviceFileName(): string {
  return (name.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).join('-');
}
