// glibc's settings of its allocator, which the module Glibc leaves out.
#pragma once
#include <malloc.h>
