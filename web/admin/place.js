// The address of a screen after the #, such as #/people/anna?x=1.

/** The screen that is shown: its name, what follows it, its parameters. */
export function where(first) {
  const [path, query] = location.hash.replace(/^#\/?/, '').split('?');
  const parts = path.split('/').filter(Boolean).map(decoded);
  return { name: parts[0] ?? first, rest: parts.slice(1), query: new URLSearchParams(query ?? '') };
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The address of a screen. */
export function to(name, rest = [], query = {}) {
  const given = new URLSearchParams(Object.entries(query).filter(([, value]) => value));
  return `#/${[name, ...rest].map(encodeURIComponent).join('/')}${given.toString() ? `?${given}` : ''}`;
}

/** Shows a screen. */
export function go(name, rest, query) {
  location.hash = to(name, rest, query);
}
