package dev.bootproof.local;

/** For whom a command writes. */
enum Output {
    /** People. */
    TEXT,
    /** Programs. */
    JSON
}
