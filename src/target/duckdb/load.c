/* load.c - finds libduckdb and resolves the functions of api.h.
 *
 * Owns: where the library is looked for, and whether what was found can be used. Does not own: what
 * a missing library means to the user; the caller gets the list of places and decides. Idea: a
 * fixed list of candidates, the first that exists is taken or refused with its reason. The library
 * is never closed: its own exit handlers and threads would outlive it. */
#include "base/fs.h"
#include "target/duckdb/api.h"
#include <dlfcn.h>
#include <stdlib.h>

#define LIBRARY "libduckdb.so"
#define NPM_FOLDER "npm/node_modules/@duckdb/node-bindings-linux-x64/" LIBRARY

/* The installed place, set by the build when PREFIX is not where the program was moved to. */
#ifndef DTC_LIBDIR
#define DTC_LIBDIR "/usr/local/lib"
#endif

/* The oldest release whose functions and types are those of api.h; newer ones keep them. */
enum { OLDEST_MAJOR = 1, OLDEST_MINOR = 4 };

static bool version_fits(const char *version)
{
    if (version[0] != 'v') {
        return false;
    }
    char *end;
    long major = strtol(version + 1, &end, 10);
    if (*end != '.') {
        return false;
    }
    long minor = strtol(end + 1, NULL, 10);
    return major > OLDEST_MAJOR || (major == OLDEST_MAJOR && minor >= OLDEST_MINOR);
}

/* Name of the first function that the library lacks, NULL when it has all. */
static const char *resolve(struct duckdb_api *api)
{
    /* ISO C has no cast from an object pointer to a function pointer; POSIX asks for this one. */
#define RESOLVE(result, name, parameters)                                                          \
    *(void **)&api->name = dlsym(api->library, "duckdb_" #name);                                   \
    if (!api->name) {                                                                              \
        return "duckdb_" #name;                                                                    \
    }
    DUCKDB_FUNCTIONS(RESOLVE)
#undef RESOLVE
    return NULL;
}

/* True when path is a library that can be used; else one line in tried. */
static bool open_library(struct duckdb_api *api, const char *path, struct buf *tried)
{
    api->library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (!api->library) {
        bool there = strchr(path, '/') && fs_stat(path) != FS_MISSING;
        const char *why = there ? dlerror() : "not found";
        buf_printf(tried, "%s: %s\n", path, why ? why : "could not be opened");
        return false;
    }
    const char *lacking = resolve(api);
    if (lacking) {
        buf_printf(tried, "%s: no function `%s` in it\n", path, lacking);
    } else if (!version_fits(api->library_version())) {
        buf_printf(tried, "%s: version %s, need v%d.%d or newer\n", path, api->library_version(),
                   OLDEST_MAJOR, OLDEST_MINOR);
    } else {
        return true;
    }
    /* A stranger's library with no threads of ours in it: this one can go. */
    dlclose(api->library);
    api->library = NULL;
    return false;
}

bool duckdb_api_load(struct duckdb_api *api, const char *explicit_path, struct buf *path,
                     struct buf *tried)
{
    *api = (struct duckdb_api){0};
    if (!explicit_path) {
        explicit_path = getenv("DTC_DUCKDB_LIB");
    }
    if (explicit_path && *explicit_path) {
        /* Asked for by name: falling back to another one would hide the mistake. */
        buf_puts(path, explicit_path);
        return open_library(api, explicit_path, tried);
    }
    struct arena arena;
    arena_init(&arena);
    const char *home = fs_folder(&arena, fs_absolute(&arena, "/proc/self/exe"));
    const char *const places[] = {
        fs_join(&arena, home, "../lib/dtc/" LIBRARY), /* installed: bin/ beside lib/ */
        DTC_LIBDIR "/dtc/" LIBRARY,                   /* installed, program elsewhere */
        fs_join(&arena, home, NPM_FOLDER),            /* build/dtc */
        fs_join(&arena, home, "../" NPM_FOLDER),      /* build/<mode>/dtc */
        LIBRARY,                                      /* the system's folders */
    };
    bool found = false;
    for (size_t i = 0; i < sizeof places / sizeof *places && !found; i++) {
        found = open_library(api, places[i], tried);
        if (found) {
            buf_puts(path, places[i]);
        }
    }
    arena_fini(&arena);
    return found;
}
