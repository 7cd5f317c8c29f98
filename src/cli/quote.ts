// Names from a module, for a terminal.

/** Names may hold anything, line breaks and terminal codes included. */
export const quote = (name: string): string =>
  JSON.stringify(name).replace(
    /[\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
