/** A URL as it may be shown: without user, password, query and fragment. One that cannot be read, too, as far as they can be told. */
export function shownUrl(url: string): string {
  if (!URL.canParse(url) || !/^https?:/i.test(url)) {
    // A password that was not encoded may hold any of the marks, so all up to the last `@` goes first.
    return url.replace(/^((?:[a-z][a-z0-9+.-]{0,20}:)?\/\/|)[\s\S]*@/i, '$1').replace(/[?#][\s\S]*$/, '');
  }
  const { origin, pathname } = new URL(url);
  return pathname === '/' ? origin : origin + pathname;
}
