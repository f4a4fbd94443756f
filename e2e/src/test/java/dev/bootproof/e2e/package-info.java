/** The whole pipeline on real parts: a real lab, real images, real machines, real faults. */
@NullMarked
package dev.bootproof.e2e;

import org.jspecify.annotations.NullMarked;
