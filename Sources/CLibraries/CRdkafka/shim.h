#pragma once
#if __has_include(<librdkafka/rdkafka.h>)
#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>
#else
#error "librdkafka-dev is missing: apt-get install librdkafka-dev"
#endif
