#pragma once
#if __has_include(<sqlite3.h>)
#include <sqlite3.h>
#else
#error "libsqlite3-dev is missing: apt-get install libsqlite3-dev"
#endif
