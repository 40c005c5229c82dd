/** Whether a path and its template differ in the slash at their end: to many servers these are two paths. */
export function differsInEndSlash(path: string, template: string): boolean {
  return path.endsWith('/') !== template.endsWith('/');
}

/** The path with or without a slash at its end, as the template has it. */
export function endedAs(template: string, path: string): string {
  const bare = path.replace(/\/$/, '');
  return template.endsWith('/') ? `${bare}/` : bare === '' ? '/' : bare;
}
