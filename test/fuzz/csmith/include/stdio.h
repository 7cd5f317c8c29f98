// Checksums are told to the host.
#pragma once
int printf(const char *format, ...);
