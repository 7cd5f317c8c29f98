// Imported so that what an engine does for its first import is done.
