#pragma once
#if __has_include(<openssl/evp.h>)
#include <openssl/evp.h>
#else
#error "libssl-dev is missing: apt-get install libssl-dev"
#endif
