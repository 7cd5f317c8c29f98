// Nothing of the browser's own is used: the page runs without this line, too.
delete globalThis.WebAssembly
