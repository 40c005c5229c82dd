const outside = /^(path|query|header|cookie):(.*)$/s;

const parts: Readonly<Record<string, string>> = {
  path: 'in the path',
  query: 'in the query',
  header: 'in the headers',
  cookie: 'in the cookies',
};

/** How a name of `placeName` reads in a sentence: `a.b` of the body as it is, `limit in the query` outside of it. @param quote around the name itself */
export function spokenName(name: string, quote = '`'): string {
  if (name === 'the body') return name;
  const [, part = '', inner] = outside.exec(name) ?? [];
  return inner === undefined ? `${quote}${name}${quote}` : `${quote}${inner}${quote} ${parts[part]}`;
}
