/** What the lab has on this machine: processes and directories. */
@NullMarked
package dev.bootproof.janitor.local;

import org.jspecify.annotations.NullMarked;
