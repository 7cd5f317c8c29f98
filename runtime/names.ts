// Names of functions that JavaScript sees.

export function function_name(f: object, name: string): void {
  try {
    Object.defineProperty(f, 'name', { value: name, configurable: true })
  } catch (_) {
    // ES5: the name of a function is fixed.
  }
}
