// What glibc has beyond POSIX for starting programs, and hides where _GNU_SOURCE is not set, as in Swift's Glibc.
#pragma once
#include <spawn.h>
#include <sys/resource.h>
#include <sys/types.h>

extern int pipe2(int ends[2], int flags);
extern int prlimit(pid_t process, int resource, const struct rlimit *new_limit, struct rlimit *old_limit);
extern int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int from);
extern int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t *actions, const char *path);

enum {
    SPAWN_F_SETPIPE_SZ = 1031, // F_SETPIPE_SZ of <fcntl.h>
    SPAWN_RLIMIT_DATA = 2      // RLIMIT_DATA of <sys/resource.h>, as a number
};
